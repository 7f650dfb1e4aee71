/**
 * 100,000 files are written into a watched folder while the main loop is blocked for ten seconds: how many are lost, and how
 * long after the block the last is a job; against a bare chokidar on its main thread, blocked as long.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { atShare, isWhole, rounds } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { report } from './support/report.ts';
import { makeWorkspace } from './support/workspace.ts';

const count = atShare(100_000, 2000);
const blockMs = isWhole ? 10_000 : 1000;
const quietMs = isWhole ? 3000 : 1000;
const workspace = await makeWorkspace();
const script = (name: string) => join(import.meta.dirname, name);

/** Begins to write; the files come while whoever listens is blocked. */
const write = (root: string) =>
  spawn(process.execPath, [script('support/write-burst.ts'), root, String(count)], { stdio: 'ignore' });

async function ours(): Promise<{ readonly lost: number; readonly ms: number }> {
  const root = await mkdtemp(join(workspace, 'watched-'));
  const bench = await openBenchEngine({ workspace, kind: 'runflow', origin: 'http://127.0.0.1:9', lanes: 4 });
  const { engine, destinationId } = bench;
  await engine.pauseDestination(destinationId);
  const { folder } = await engine.addWatchFolder({ path: root, destinationId, settleMs: 100 });
  const writing = write(root);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockMs);
  const begun = performance.now();
  if (writing.exitCode === null) await once(writing, 'exit');
  await bench.queued(count);
  const ms = performance.now() - begun;
  const { health } = await engine.scanWatchFolder(folder.id);
  const { all } = await engine.countJobs({});
  await bench.close();
  return { lost: count - Math.min(all, health.jobs), ms };
}

async function chokidar(): Promise<number> {
  const root = await mkdtemp(join(workspace, 'watched-'));
  const child = fork(script('peers/bare-chokidar.ts'), [root, String(blockMs), String(quietMs)]);
  await once(child, 'message');
  write(root);
  const [heard] = await once(child, 'message');
  return count - Number(heard);
}

const lost = { ours: [] as number[], peer: [] as number[] };
const afterBlock: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  lost.peer.push(await chokidar());
  const one = await ours();
  lost.ours.push(one.lost);
  afterBlock.push(one.ms);
}
report('burst', {
  what: 'of 100,000 files written while blocked, lost · bare chokidar',
  unit: 'files',
  ...lost,
  target: { of: 'ours', is: 'at-most', value: 0 },
});
report('burst', {
  what: 'from the end of the block until each is a job on disk',
  unit: 'ms',
  ours: afterBlock,
  peer: null,
  target: { of: 'ours', is: 'at-most', value: 3000 },
});
