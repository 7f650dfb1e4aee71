/**
 * What a window costs over a large queue: `npm run bench -- window`. Real files are put into a queue whose destination is
 * paused, a real upload runs beside them, and a real browser loads, scrolls and counts its frames.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { build, mergeConfig } from 'vite';
import { rendererBuild } from '../../build/renderer-build.ts';
import { buildCli } from '../support/built-cli.ts';
import { jsonLines } from '../support/cli-child.ts';
import { type App, openApp } from './support/app.ts';
import { findBrowser } from './support/find-browser.ts';
import { waitForWords } from './support/wait-for-words.ts';

const jobs = Number(process.argv[2] ?? 100_000);
const rounds = 5;
const scrollMs = 4000;

async function writeFiles(directory: string, count: number): Promise<void> {
  const perFolder = 1000;
  for (let first = 0; first < count; first += perFolder) {
    const folder = join(directory, `shoot-${first / perFolder}`);
    await mkdir(folder, { recursive: true });
    const indexes = Array.from({ length: Math.min(perFolder, count - first) }, (_, index) => first + index);
    await Promise.all(indexes.map((index) => writeFile(join(folder, `IMG_${index}.jpg`), String(index))));
  }
}

/** Resolves when the queue has so many jobs. */
async function whenQueued({ hoist }: Pick<App, 'hoist'>, count: number): Promise<void> {
  for (;;) {
    const { stdout } = await hoist('status');
    const found = /([\d,]+) (?:files?|jobs?)/.exec(stdout)?.[1] ?? '0';
    if (Number(found.replaceAll(',', '')) >= count) return;
  }
}

/** Milliseconds from the navigation to the first row of the list. */
async function load(page: Page, address: string): Promise<number> {
  await page.goto('about:blank');
  const begun = performance.now();
  await page.goto(address);
  await page.locator('[role="row"][aria-rowindex="2"]').waitFor();
  return performance.now() - begun;
}

/** Frames a second while the list is scrolled from its top by wheel, and the longest that a frame took. */
async function scroll(page: Page): Promise<{ readonly fps: number; readonly longestMs: number }> {
  const box = await page.locator('[role="grid"]').boundingBox();
  if (box === null) throw new Error('There is no list.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const counting = page.evaluate(
    (ms) =>
      new Promise<{ fps: number; longestMs: number }>((resolve) => {
        const begun = performance.now();
        let last = begun;
        let frames = 0;
        let longestMs = 0;
        const count = (now: number) => {
          frames++;
          longestMs = Math.max(longestMs, now - last);
          last = now;
          if (now - begun < ms) requestAnimationFrame(count);
          else resolve({ fps: (frames * 1000) / (now - begun), longestMs });
        };
        requestAnimationFrame(count);
      }),
    scrollMs,
  );
  const until = performance.now() + scrollMs;
  while (performance.now() < until) await page.mouse.wheel(0, 400);
  return counting;
}

async function heapMiB(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize / 1024 ** 2;
}

const line = (name: string, values: readonly number[], unit: string, target: string) => {
  const sorted = values.toSorted((a, b) => a - b);
  const [min = 0] = sorted;
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const max = sorted.at(-1) ?? 0;
  const cells = [min, median, max].map((value) => value.toFixed(1)).join(' / ');
  process.stdout.write(
    `${name}: ${cells} ${unit} (min / median / max of ${values.length}; target ${target})\n`,
  );
};

const many = await mkdtemp(join(tmpdir(), 'hoist-many-'));
const cli = await buildCli();
let app: App | null = null;
try {
  await build(mergeConfig(rendererBuild(join(dirname(cli.entry), 'renderer')), { logLevel: 'error' }));
  await writeFiles(many, jobs);
  app = await openApp({ cliEntry: cli.entry, browserPath: findBrowser() }, async ({ hoist, start }) => {
    await hoist('pause', '--to', 'demo-cyberun');
    const upload = start('upload', many, '--to', 'demo-cyberun');
    await whenQueued({ hoist }, jobs);
    upload.process.kill('SIGKILL');
    await upload.ended;
    const demo = start('demo', '--slow', '300KB');
    await waitForWords(demo, /demo service runs/);
  });
  app.start('upload', await app.write('running.bin', new Uint8Array(200_000_000)), '--to', 'demo-flora');
  const { page } = app;
  await page
    .getByRole('button', { name: 'Skip for now' })
    .click({ timeout: 2000 })
    .catch(() => {});
  const address = `${new URL(page.url()).origin}/#/uploads/all`;
  const loads: number[] = [];
  const speeds: number[] = [];
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    loads.push(await load(page, address));
    const { fps, longestMs } = await scroll(page);
    speeds.push(fps);
    longest.push(longestMs);
  }
  line('first row after', loads, 'ms', 'under 1000');
  line('frames a second while scrolling', speeds, '', 'over 50');
  line('longest frame', longest, 'ms', 'none');
  line('heap', [await heapMiB(page)], 'MiB', 'under 150');
  await load(page, `${new URL(page.url()).origin}/#/uploads/active`);
  const bar = page.getByRole('progressbar').first();
  await bar.waitFor();
  const before = Number(await bar.getAttribute('aria-valuenow'));
  await page.waitForFunction(
    (value) => Number(document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')) > value,
    before,
  );
  process.stdout.write('the row of the running upload moves\n');
  const { stdout } = await app.hoist('status', '--json');
  process.stdout.write(`${jsonLines(stdout).length} jobs in the queue\n`);
} finally {
  await app?.close();
  await cli.remove();
  await rm(many, { recursive: true, force: true });
}
