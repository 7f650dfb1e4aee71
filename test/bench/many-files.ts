/** Many files at once: given by hand, and compared again in a watched tree. What one costs must not grow with their number. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isWhole, takeTurns, timed } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { run } from './support/programs.ts';
import { report } from './support/report.ts';
import { makeWorkspace } from './support/workspace.ts';

const [few, many] = isWhole ? [1000, 10_000] : [100, 1000];
const [small, large] = isWhole ? [10_000, 100_000] : [1000, 2000];
const workspace = await makeWorkspace();

async function treeOf(count: number): Promise<string> {
  const root = await mkdtemp(join(workspace, 'tree-'));
  await run(process.execPath, [join(import.meta.dirname, 'support/write-burst.ts'), root, String(count)]);
  return root;
}

const pathsOf = (root: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    join(root, `burst-${Math.floor(index / 1000)}`, `IMG_${index}.jpg`),
  );

async function openPaused() {
  const bench = await openBenchEngine({ workspace, kind: 'runflow', origin: 'http://127.0.0.1:9', lanes: 4 });
  await bench.engine.pauseDestination(bench.destinationId);
  return bench;
}

const delays: number[] = [];

/** Microseconds a file, from giving all of them until each is a job on disk. */
async function give(paths: readonly string[], round: number): Promise<number> {
  const bench = await openPaused();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const ms = await timed(() => bench.engine.addFiles(paths, { destinationId: bench.destinationId }));
  delay.disable();
  if (round > 0 && paths.length === many) delays.push(delay.percentile(99) / 1e6);
  await bench.close();
  return (ms * 1000) / paths.length;
}

const given = await treeOf(many);
const [peer = [], ours = []] = await takeTurns([
  (round) => give(pathsOf(given, few), round),
  (round) => give(pathsOf(given, many), round),
]);
report('many-files', {
  what: 'one of 10,000 files dropped at once · of 1,000',
  unit: 'µs',
  ours,
  peer,
  target: { of: 'ratio', is: 'at-most', value: 1.5 },
});
report('many-files', {
  what: 'delay of the main loop meanwhile, p99',
  unit: 'ms',
  ours: delays,
  peer: null,
  target: { of: 'ours', is: 'at-most', value: 20 },
});

/** A folder of so many files that are all known; answers what compares them again. */
async function watched(count: number) {
  const bench = await openPaused();
  const { engine, destinationId } = bench;
  const { folder } = await engine.addWatchFolder({ path: await treeOf(count), destinationId });
  await engine.whenWatchFolderIdle(folder.id);
  return {
    compare: async () => ((await timed(() => engine.scanWatchFolder(folder.id))) * 1000) / count,
    close: bench.close,
  };
}

const [smallTree, largeTree] = [await watched(small), await watched(large)];
const [ofSmall = [], ofLarge = []] = await takeTurns([smallTree.compare, largeTree.compare]);
report('many-files', {
  what: 'one of 100,000 files compared again · of 10,000',
  unit: 'µs',
  ours: ofLarge,
  peer: ofSmall,
  target: { of: 'ratio', is: 'at-most', value: 1.5 },
});
await smallTree.close();
await largeTree.close();
