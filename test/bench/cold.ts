/**
 * From the start of the process to the first request: `hoist upload` of one small file, against a script that does the same
 * three requests with got; and an engine that starts with 100,000 files to send, against one with 100.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCli } from '../support/built-cli.ts';
import { isWhole, takeTurns } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { report } from './support/report.ts';
import type { SinkStats } from './support/sink/options.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeRandom, writeSparse } from './support/workspace.ts';

const workspace = await makeWorkspace();
const sink = await startSink(workspace);
const cli = await buildCli();
const file = join(workspace, 'small.jpg');
await writeRandom(file, 64 * 1024);

/** As `hoist` starts everywhere: what was compiled once is kept. The script has it, too. */
const withCache = { NODE_COMPILE_CACHE: join(workspace, 'compiled') };

/** Milliseconds from the start of the process until the sink had `seen` something of it; the process is ended then. */
async function startUntil(
  args: readonly string[],
  seen: (stats: SinkStats) => number,
  mayEnd: boolean,
): Promise<number> {
  await sink.reset();
  const startedAt = Date.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, ...withCache } });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  if (mayEnd) await ended;
  let at = seen(await sink.stats());
  while (at === 0) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode} and asked for nothing.`);
    await new Promise((wake) => setTimeout(wake, 5));
    at = seen(await sink.stats());
  }
  if (!mayEnd) child.kill('SIGKILL');
  await ended;
  return at - startedAt;
}

const firstRequest = ({ firstAcceptedAt }: SinkStats) => firstAcceptedAt;
const firstPut = ({ firstPutAt }: SinkStats) => firstPutAt;

async function uploadOnce(): Promise<number> {
  const bench = await openBenchEngine({
    workspace,
    kind: 'runflow',
    origin: sink.origin,
    lanes: 4,
    startsWork: false,
  });
  await bench.close();
  const args = [cli.entry, 'upload', file, '--to', 'sink', '--data-dir', bench.dataDir];
  return startUntil(args, firstRequest, true);
}

const script = join(import.meta.dirname, 'peers/one-upload.ts');
const [peer = [], ours = []] = await takeTurns([
  () => startUntil([script, sink.origin, file], firstRequest, true),
  uploadOnce,
]);
report('cold', {
  what: 'start of `hoist upload FILE` to its first request',
  unit: 'ms',
  ours,
  peer,
  target: { of: 'ours', is: 'at-most', value: 300 },
});
report('cold', {
  what: 'the same · a script with got',
  unit: 'ms',
  ours,
  peer,
  target: { of: 'ratio', is: 'at-most', value: 2 },
});

/** A data directory with so many files that wait to be sent. */
async function pending(count: number): Promise<string> {
  const folder = await mkdtemp(join(workspace, 'pending-'));
  for (let first = 0; first < count; first += 1000) {
    const below = join(folder, `folder-${first / 1000}`);
    await mkdir(below);
    const indexes = Array.from({ length: Math.min(1000, count - first) }, (_, index) => first + index);
    await Promise.all(indexes.map((index) => writeSparse(join(below, `${index}.bin`), 1024)));
  }
  const bench = await openBenchEngine({
    workspace,
    kind: 'cyberun',
    origin: `${sink.origin}/api/v1`,
    lanes: 4,
    startsWork: false,
  });
  await bench.engine.addFiles([folder], { destinationId: bench.destinationId });
  await bench.close();
  return bench.dataDir;
}

const [large, small] = [await pending(isWhole ? 100_000 : 2000), await pending(100)];
async function startOn(dataDir: string): Promise<number> {
  const copy = await mkdtemp(join(workspace, 'copy-'));
  await cp(dataDir, copy, { recursive: true });
  return startUntil([cli.entry, 'run', '--data-dir', copy], firstPut, false);
}
const [withFew = [], withMany = []] = await takeTurns([() => startOn(small), () => startOn(large)]);
const starts = { unit: 'ms', ours: withMany, peer: withFew };
report('cold', {
  ...starts,
  what: 'start with 100,000 files waiting to the first PUT',
  target: { of: 'ours', is: 'at-most', value: 300 },
});
report('cold', {
  ...starts,
  what: 'the same · with 100 files waiting',
  target: { of: 'ratio', is: 'at-most', value: 1.5 },
});
await cli.remove();
