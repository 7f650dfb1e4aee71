/**
 * What a window costs over a large queue: `npm run bench -- window`. The queue's destination is paused, eight real uploads run
 * beside it, and a real browser loads the page, scrolls and counts its frames.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { build, mergeConfig } from 'vite';
import { rendererBuild } from '../../build/renderer-build.ts';
import { isWhole, rounds } from '../bench/support/effort.ts';
import { seedLong } from '../bench/support/journal-jobs.ts';
import { report } from '../bench/support/report.ts';
import { ownWriter } from '../storage/support/own-writer.ts';
import { buildCli } from '../support/built-cli.ts';
import { type App, openApp } from './support/app.ts';
import { findBrowser } from './support/find-browser.ts';
import { measureScroll } from './support/measure-scroll.ts';
import { waitForWords } from './support/wait-for-words.ts';

const name = 'window';
const few = 100;
const many = isWhole ? 100_000 : 2000;
const most = isWhole ? 1_000_000 : 5000;
const uploadBytes = 50_000_000;

/** An app over so many jobs, of which none can go; with `isBusy`, eight others are on their way. */
async function openOver(cliEntry: string, jobs: number, isBusy: boolean): Promise<App> {
  const app = await openApp({ cliEntry, browserPath: findBrowser() }, async ({ dataDir, hoist, start }) => {
    await hoist('pause', '--to', 'demo-cyberun');
    const writer = ownWriter(dataDir);
    seedLong(writer, jobs, { destinationId: 'demo-cyberun', isAtRest: true });
    writer.close();
    if (isBusy) await waitForWords(start('demo', '--slow', '300KB'), /demo service runs/);
  });
  if (!isBusy) return app;
  for (const destination of ['demo-flora', 'demo-runflow']) {
    const names = Array.from({ length: 4 }, (_, index) => `${destination}-${index}.png`);
    const paths = await Promise.all(names.map((file) => app.write(file, new Uint8Array(uploadBytes))));
    app.start('upload', ...paths, '--to', destination);
  }
  // What is measured is a window beside uploads, not beside the start of those who ask for them.
  await app.page.getByRole('tab', { name: /^Active\s*8$/ }).waitFor();
  return app;
}

/** Milliseconds from the navigation to the first row of the list that says something, once per round. */
async function loads({ page }: App): Promise<readonly number[]> {
  const skip = page.getByRole('button', { name: 'Skip setup' });
  await skip.click({ timeout: 2000 }).catch(() => {});
  const address = listOf(page);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await page.goto('about:blank');
    const begun = performance.now();
    await page.goto(address);
    await page.locator('[role="row"][aria-rowindex="2"]:not([aria-busy])').waitFor();
    if (round > 0) times.push(performance.now() - begun);
  }
  return times;
}

let origin = '';
const listOf = (page: Page) => {
  if (page.url().startsWith('http')) origin = new URL(page.url()).origin;
  return `${origin}/#/uploads/all`;
};

/**
 * The same scroll where all that the engine says comes half a second later: rows must be seen to be missing then. Else the
 * look for blank rows is blind, and what it says of the window is worth nothing.
 */
async function provesBlankRows({ context, page }: App): Promise<void> {
  const late = await context.newPage();
  await late.routeWebSocket(/.*/, (socket) => {
    const engine = socket.connectToServer();
    engine.onMessage((message) => void setTimeout(() => socket.send(message), 500));
  });
  await late.goto(listOf(page));
  await late.locator('[role="row"][aria-rowindex="2"]').waitFor();
  const { longestBlankMs } = await measureScroll(late);
  await late.close();
  process.stdout.write(`With rows half a second late: blank for ${Math.round(longestBlankMs)} ms.\n`);
  if (longestBlankMs <= 100) throw new Error('Rows that came late were not seen to be missing.');
}

async function heapMiB(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize / 1024 ** 2;
}

function reportBundle(directory: string): void {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((file) => file.endsWith('.js'));
  const bytes = scripts.map((file) => gzipSync(readFileSync(join(directory, file))).length);
  report(name, {
    what: 'all JavaScript of the screens, gzip',
    unit: 'KiB',
    ours: [bytes.reduce((sum, size) => sum + size, 0) / 1024],
    peer: null,
    target: { of: 'ours', is: 'at-most', value: 250 },
  });
}

const cli = await buildCli();
const apps: App[] = [];
const open = async (jobs: number, isBusy = false) => {
  const app = await openOver(cli.entry, jobs, isBusy);
  apps.push(app);
  return app;
};
try {
  const renderer = join(dirname(cli.entry), 'renderer');
  await build(mergeConfig(rendererBuild(renderer), { logLevel: 'error' }));
  reportBundle(renderer);
  const ofFew = await loads(await open(few, true));
  await apps.pop()?.close();
  const ofMost = await loads(await open(most));
  await apps.pop()?.close();
  const app = await open(many, true);
  const ofMany = await loads(app);
  const load = { unit: 'ms', ours: ofMany, peer: ofFew };
  report(name, {
    ...load,
    what: 'first row with 100,000 jobs · with 100',
    target: { of: 'ours', is: 'at-most', value: 1000 },
  });
  report(name, {
    ...load,
    what: 'the same, both beside 8 uploads · with 100 jobs',
    target: { of: 'ratio', is: 'at-most', value: 1.3 },
  });
  report(name, {
    unit: 'ms',
    what: 'first row with 1,000,000 jobs',
    ours: ofMost,
    peer: null,
    target: { of: 'ours', is: 'at-most', value: 1500 },
  });
  await provesBlankRows(app);
  const scrolls = [];
  for (let round = 0; round < rounds; round += 1) scrolls.push(await measureScroll(app.page));
  report(name, {
    what: 'frames a second, scrolling 100,000 rows, 8 uploads',
    unit: '/s',
    ours: scrolls.map(({ fps }) => fps),
    peer: null,
    target: { of: 'ours', is: 'at-least', value: 50 },
  });
  report(name, {
    what: 'longest that a row in sight was blank, dragging, resting, reading by',
    unit: 'ms',
    ours: scrolls.map(({ longestBlankMs }) => longestBlankMs),
    peer: null,
    target: { of: 'ours', is: 'at-most', value: 100 },
  });
  report(name, {
    what: 'heap of the page after that',
    unit: 'MiB',
    ours: [await heapMiB(app.page)],
    peer: null,
    target: { of: 'ours', is: 'at-most', value: 150 },
  });
} finally {
  for (const app of apps) await app.close();
  await cli.remove();
}
