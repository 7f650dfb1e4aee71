/**
 * What engine and window cost with nothing to do: `npm run bench -- idle`. The engine is the browser host's process, the window
 * a real Chromium with all of its processes.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, mergeConfig } from 'vite';
import { rendererBuild } from '../../build/renderer-build.ts';
import { isWhole, rounds } from '../bench/support/effort.ts';
import { openBenchEngine } from '../bench/support/engine.ts';
import { cpuShare, descendants, noProcessTree } from '../bench/support/process-tree.ts';
import { run } from '../bench/support/programs.ts';
import { report } from '../bench/support/report.ts';
import { buildCli } from '../support/built-cli.ts';
import { openApp } from './support/app.ts';
import { findBrowser } from './support/find-browser.ts';

const folders = isWhole ? 10 : 2;
const filesEach = isWhole ? 10_000 : 1000;
const windowMs = isWhole ? 15_000 : 2000;
const what = 'engine + window, 10 watch folders of 10,000 files, nothing to do';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Folders that have been watched before, so that nothing in them is new. */
async function prepare(dataDir: string, files: string): Promise<void> {
  const writer = join(import.meta.dirname, '../bench/support/write-burst.ts');
  const bench = await openBenchEngine({
    workspace: files,
    dataDir,
    kind: 'runflow',
    origin: 'http://127.0.0.1:9',
    lanes: 4,
  });
  for (let index = 0; index < folders; index += 1) {
    const path = join(files, `watched-${index}`);
    await mkdir(path);
    await run(process.execPath, [writer, path, String(filesEach)]);
    const { folder } = await bench.engine.addWatchFolder({ path, destinationId: bench.destinationId });
    await bench.engine.whenWatchFolderIdle(folder.id);
  }
  await bench.close();
}

/** All that was started here and still runs: the engine, the browser, and what the browser started. */
const everything = () => descendants(process.pid);

async function measure(): Promise<void> {
  const cli = await buildCli();
  try {
    const renderer = join(dirname(cli.entry), 'renderer');
    await build(mergeConfig(rendererBuild(renderer), { logLevel: 'error' }));
    // What built the screens is no part of it.
    const own = everything();
    const app = await openApp({ cliEntry: cli.entry, browserPath: findBrowser() }, ({ dataDir, files }) =>
      prepare(dataDir, files),
    );
    try {
      await app.page.goto(new URL('#/uploads/all', app.page.url()).href);
      const measured = () => everything().filter((pid) => !own.includes(pid));
      const shareFor = (ms: number) => cpuShare(measured, () => pause(ms));
      // The first walk of all folders is not nothing to do.
      for (let tries = 0; tries < 100 && (await shareFor(1000)) > 3; tries += 1);
      await pause(windowMs);
      const shares: number[] = [];
      for (let round = 0; round < rounds; round += 1) shares.push(await shareFor(windowMs));
      report('idle', {
        what,
        unit: '% of a core',
        ours: shares,
        peer: null,
        target: { of: 'ours', is: 'at-most', value: 0.5 },
      });
    } finally {
      await app.close();
    }
  } finally {
    await cli.remove();
  }
}

if (noProcessTree === null) await measure();
else report('idle', { what, why: noProcessTree });
