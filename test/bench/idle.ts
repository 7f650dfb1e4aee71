/**
 * What it costs to watch ten folders of 10,000 files each, with nothing to do, in shares of one processor: the engine alone, in
 * this process, and then an engine with a window on it.
 */

import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { isWhole, rounds } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { run } from './support/programs.ts';
import { report } from './support/report.ts';
import { makeWorkspace } from './support/workspace.ts';

const folders = isWhole ? 10 : 2;
const filesEach = isWhole ? 10_000 : 1000;
const windowMs = isWhole ? 15_000 : 2000;
const workspace = await makeWorkspace();
const bench = await openBenchEngine({ workspace, kind: 'runflow', origin: 'http://127.0.0.1:9', lanes: 4 });
const { engine, destinationId } = bench;
const write = join(import.meta.dirname, 'support/write-burst.ts');
for (let index = 0; index < folders; index += 1) {
  const path = await mkdtemp(join(workspace, 'watched-'));
  await run(process.execPath, [write, path, String(filesEach)]);
  const { folder } = await engine.addWatchFolder({ path, destinationId });
  await engine.whenWatchFolderIdle(folder.id);
}
const pause = () => new Promise((resolve) => setTimeout(resolve, windowMs));
await pause();
const shares: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const before = process.cpuUsage();
  const begun = performance.now();
  await pause();
  const { user, system } = process.cpuUsage(before);
  shares.push((user + system) / 10 / (performance.now() - begun));
}
report('idle', {
  what: 'engine with 10 watch folders of 10,000 files, nothing to do',
  unit: '% of a core',
  ours: shares,
  peer: null,
  target: { of: 'ours', is: 'at-most', value: 0.5 },
});
await bench.close();
// It lies beside the tests of the screens, whose types know a page.
await import(new URL('../screens/idle-window.ts', import.meta.url).href);
