/**
 * 1,000 files of 1 KiB to 64 MiB, the process killed 20 times at random moments: what is sent again, what is asked again, and
 * how soon bytes flow again; against rclone, killed at the same moments and started again.
 */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCli } from '../support/built-cli.ts';
import { atShare, isWhole, rounds } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { rcloneArguments, rcloneEnvironment, rcloneMissing } from './support/programs.ts';
import { report } from './support/report.ts';
import type { SinkStats } from './support/sink/options.ts';
import { type Sink, startSink } from './support/sink/start.ts';
import { makeWorkspace, writeSparse } from './support/workspace.ts';

const count = atShare(1000, 50);
const kills = isWhole ? 20 : 3;
const lanes = 4;
const workspace = await makeWorkspace();
const files = join(workspace, 'files');
const sizes = Array.from({ length: count }, (_, index) =>
  Math.round(1024 * 2 ** (16 * ((index * 0.618034) % 1))),
);
await mkdir(files);
await Promise.all(sizes.map((size, index) => writeSparse(join(files, `${index}.bin`), size)));
const neededBytes = sizes.reduce((sum, size) => sum + size, 0);
const cli = await buildCli();

interface Killed {
  /** Sent by what was needed. */
  readonly bytes: number;
  /** Requests about files that were finished before the process was started. */
  readonly asked: number;
  /** Of each start after a kill: ms to its first PUT. */
  readonly firstByteMs: readonly number[];
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the command again and again, killed after each of `waits`, and once to its end. */
async function killAgainAndAgain(command: Command, sink: Sink, waits: readonly number[]): Promise<Killed> {
  let sentBytes = 0;
  let asked = 0;
  const firstByteMs: number[] = [];
  const take = ({ bytes, aboutFinished, firstPutAt }: SinkStats, startedAt: number, isFirst: boolean) => {
    sentBytes += bytes;
    asked += aboutFinished;
    if (!isFirst && firstPutAt > 0) firstByteMs.push(firstPutAt - startedAt);
  };
  for (const [turn, wait] of [...waits, null].entries()) {
    const startedAt = Date.now();
    const child = spawn(command.program, command.args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...command.environment },
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-2000);
    });
    const { promise: ended, resolve } = Promise.withResolvers<number | null>();
    child.once('exit', resolve);
    const timer = wait === null ? undefined : setTimeout(() => child.kill('SIGKILL'), wait);
    const code = await ended;
    clearTimeout(timer);
    if (wait === null && code !== 0) throw new Error(`${command.program} ended with ${code}: ${said}`);
    take(await sink.reset(), startedAt, turn === 0);
  }
  return { bytes: sentBytes / neededBytes, asked, firstByteMs };
}

async function ours(waits: readonly number[]): Promise<Killed> {
  const sink = await startSink(workspace);
  const bench = await openBenchEngine({
    workspace,
    kind: 'cyberun',
    origin: `${sink.origin}/api/v1`,
    lanes,
    startsWork: false,
  });
  await bench.close();
  const args = [cli.entry, 'upload', files, '--to', 'sink', '--data-dir', bench.dataDir];
  // As `hoist` starts everywhere: what was compiled once is kept.
  const environment = { NODE_COMPILE_CACHE: join(workspace, 'compiled') };
  const killed = await killAgainAndAgain({ program: process.execPath, args, environment }, sink, waits);
  sink.close();
  return killed;
}

async function rclone(waits: readonly number[]): Promise<Killed> {
  const sink = await startSink(workspace);
  const args = ['copy', '--quiet', ...rcloneArguments(sink.origin), files, ':s3:bucket/files'];
  const killed = await killAgainAndAgain(
    { program: 'rclone', args, environment: rcloneEnvironment },
    sink,
    waits,
  );
  sink.close();
  return killed;
}

const missing = rcloneMissing();
const killed: Killed[] = [];
const peers: Killed[] = [];
for (let round = 0; round < rounds; round += 1) {
  const waits = Array.from({ length: kills }, () => 500 + Math.random() * 700);
  if (missing === null) peers.push(await rclone(waits));
  killed.push(await ours(waits));
}
await cli.remove();
const largest = Math.max(...sizes);
report('crash-rework', {
  what: 'bytes sent by bytes needed, 20 kills · rclone',
  unit: '×',
  ours: killed.map(({ bytes }) => bytes),
  peer: missing === null ? peers.map(({ bytes }) => bytes) : null,
  // What was on its way when the process died is sent again, and one part in a hundred more.
  target: { of: 'ours', is: 'at-most', value: 1.01 + (lanes * largest * kills) / neededBytes },
});
report('crash-rework', {
  what: 'requests about files that were finished · rclone',
  unit: '',
  ours: killed.map(({ asked }) => asked),
  peer: missing === null ? peers.map(({ asked }) => asked) : null,
  target: { of: 'ours', is: 'at-most', value: 0 },
});
const startMs = (of: readonly Killed[]) => of.flatMap(({ firstByteMs }) => firstByteMs);
report('crash-rework', {
  what: 'start after a kill to the first byte',
  unit: 'ms',
  ours: startMs(killed),
  peer: null,
  target: { of: 'ours', is: 'at-most', value: 500 },
});
