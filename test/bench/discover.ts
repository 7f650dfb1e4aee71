/**
 * The first walk of 100,000 files against `find -printf` on the same tree, as a ratio; five rounds of each, one after the
 * other, after one to warm up. Ours is the whole way: thread, walk, rules, index, and every row at the sink.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '#ports/clock.ts';
import type { WatchFile } from '#ports/journal.ts';
import type { WatchSink } from '#ports/watcher.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { createWatcher } from '#watch';

const directories = 100;
const filesEach = 1000;
const files = directories * filesEach;
const rounds = 5;

const base = mkdtempSync(join(tmpdir(), 'hoist-discover-'));
const root = join(base, 'tree');

/** Counts rows and offers, and knows when all have come. */
function countingSink(): { readonly sink: WatchSink; readonly all: Promise<void>; rows(): number } {
  const { promise: all, resolve } = Promise.withResolvers<void>();
  let rows = 0;
  let jobs = 0;
  const sink: WatchSink = {
    known: async () => [],
    record: async (put: readonly WatchFile[]) => {
      rows += put.length;
    },
    settled: async (_, offered) => {
      const ids = offered.map((__, index) => jobs + index + 1);
      jobs += offered.length;
      if (jobs === files) resolve();
      return ids;
    },
    changed: async () => null,
    moved: async () => {},
    healthChanged: () => {},
  };
  return { sink, all, rows: () => rows };
}

async function discover(existing: 'baseline' | 'include'): Promise<{ ms: number; delayMs: number }> {
  const { sink, all, rows } = countingSink();
  const options = { clock: systemClock, random: Math.random, sink, dataDir: join(base, 'data') };
  const watcher = createWatcher({ ...options, homeDir: join(base, 'home') });
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
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  await watcher.watch(folder);
  if (existing === 'include') await all;
  const ms = performance.now() - begun;
  delay.disable();
  await watcher.close();
  if (rows() < files) throw new Error(`Only ${rows()} of ${files} files were found.`);
  return { ms, delayMs: delay.percentile(99) / 1e6 };
}

function find(): number {
  const begun = performance.now();
  const out = execFileSync('find', [root, '-type', 'f', '-printf', '%p %s %T@ %i\n'], { maxBuffer: 1 << 28 });
  const ms = performance.now() - begun;
  if (out.toString().split('\n').length - 1 !== files) throw new Error('find did not find all files.');
  return ms;
}

const middle = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
function show(name: string, numbers: readonly number[], unit: string, digits: number): void {
  const [min, median, max] = [Math.min(...numbers), middle(numbers), Math.max(...numbers)];
  const text = [min, median, max].map((number) => number.toFixed(digits)).join(' / ');
  console.log(`${name.padEnd(44)} ${text} ${unit}`);
}

try {
  for (let directory = 0; directory < directories; directory++) {
    mkdirSync(join(root, `${directory}`), { recursive: true });
    for (let file = 0; file < filesEach; file++) writeFileSync(join(root, `${directory}`, `${file}.jpg`), '');
  }
  find();
  await discover('baseline');
  const peer: number[] = [];
  const ours: number[] = [];
  const queued: number[] = [];
  const delays: number[] = [];
  for (let round = 0; round < rounds; round++) {
    peer.push(find());
    ours.push((await discover('baseline')).ms);
    const { ms, delayMs } = await discover('include');
    queued.push(ms);
    delays.push(delayMs);
  }
  console.log(
    `discover: ${files} files, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}, min / median / max`,
  );
  show('find -printf', peer, 'ms', 0);
  show('first walk, every row recorded', ours, 'ms', 0);
  show('the same, settled 100 ms and offered', queued, 'ms', 0);
  show(
    'ratio of the walk to find',
    ours.map((ms, index) => ms / (peer[index] ?? Number.NaN)),
    '',
    2,
  );
  show(
    'ratio of all of it to find',
    queued.map((ms, index) => ms / (peer[index] ?? Number.NaN)),
    '',
    2,
  );
  show('delay of the main loop, p99', delays, 'ms', 1);
} finally {
  rmSync(base, { recursive: true, force: true });
}
