/**
 * The first scan of a tree of 100,000 files against `find -printf` on the same tree: with every row at the watcher's door, and
 * with every file a job in the journal. Settling files wait 100 ms, the shortest that a folder may be set to.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '#ports/clock.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { createWatcher } from '#watch';
import { countingSink } from './support/counting-sink.ts';
import { atShare, takeTurns, timed } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { run } from './support/programs.ts';
import { report } from './support/report.ts';
import { makeWorkspace } from './support/workspace.ts';

const count = atShare(100_000, 2000);
const workspace = await makeWorkspace();
const root = join(workspace, 'tree');
await run(process.execPath, [join(import.meta.dirname, 'support/write-burst.ts'), root, String(count)]);

const find = () =>
  timed(() => {
    const out = execFileSync('find', [root, '-type', 'f', '-printf', '%p %s %T@ %i\n'], {
      maxBuffer: 1 << 28,
    });
    if (out.toString().split('\n').length - 1 !== count) throw new Error('find did not find all files.');
  });

/** The thread, the walk, the rules, the index; `include` also settles and offers each file. */
async function discover(existing: 'baseline' | 'include'): Promise<number> {
  const { sink, rows, offered } = countingSink();
  const dataDir = await mkdtemp(join(workspace, 'data-'));
  const watcher = createWatcher({
    clock: systemClock,
    random: Math.random,
    sink,
    dataDir,
    homeDir: join(workspace, 'home'),
  });
  const folder: WatchFolder = {
    id: 'folder',
    path: root,
    destinationId: 'destination',
    existing,
    ignore: [],
    settleMs: 100,
    changed: 'new',
    after: { kind: 'keep' },
    isPaused: false,
    addedAt: 0,
  };
  const ms = await timed(async () => {
    await watcher.watch(folder);
    if (existing === 'include') await offered(count);
  });
  await watcher.close();
  // Those that are offered get their row with their job.
  if (existing === 'baseline' && rows() < count) {
    throw new Error(`Only ${rows()} of ${count} files were found.`);
  }
  return ms;
}

const delays: number[] = [];

/** From adding the folder until each file is a job on disk. */
async function enqueue(round: number): Promise<number> {
  const bench = await openBenchEngine({ workspace, kind: 'runflow', origin: 'http://127.0.0.1:9', lanes: 4 });
  const { engine, destinationId } = bench;
  await engine.pauseDestination(destinationId);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const ms = await timed(async () => {
    await engine.addWatchFolder({ path: root, destinationId, existing: 'include', settleMs: 100 });
    await bench.queued(count);
  });
  delay.disable();
  if (round > 0) delays.push(delay.percentile(99) / 1e6);
  await bench.close();
  return ms;
}

const [peer = [], walked = [], offered = [], queued = []] = await takeTurns([
  find,
  () => discover('baseline'),
  () => discover('include'),
  enqueue,
]);
const target = { of: 'ratio', is: 'at-most', value: 8 } as const;
report('discover', { what: 'walk of 100,000 files · find -printf', unit: 'ms', ours: walked, peer, target });
report('discover', {
  what: 'the same, settled and offered · find -printf',
  unit: 'ms',
  ours: offered,
  peer,
  target,
});
report('discover', {
  what: 'the same, each a job on disk · find -printf',
  unit: 'ms',
  ours: queued,
  peer,
  target,
});
report('discover', {
  what: 'delay of the main loop meanwhile, p99',
  unit: 'ms',
  ours: delays,
  peer: null,
  target: { of: 'ours', is: 'at-most', value: 20 },
});
