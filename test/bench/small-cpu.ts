/**
 * 5,000 files of 64 KiB, three requests each, 16 lanes: what the engine costs with its journal, hashes and second looks,
 * against loops that do the same requests and nothing else, and against rclone, which needs one request a file.
 */
import { join } from 'node:path';
import { gotSend, rawSend, type Send, threeCalls } from './peers/calls.ts';
import { inParallel } from './peers/in-parallel.ts';
import { checkContent } from './support/content.ts';
import { atShare, type Side, takeTurns, timed } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { rcloneArguments, rcloneEnvironment, rcloneMissing, run } from './support/programs.ts';
import { report } from './support/report.ts';
import { type Sink, startSink } from './support/sink/start.ts';
import { makeWorkspace, writeMany } from './support/workspace.ts';

const count = atShare(5000);
const lanes = 16;
const workspace = await makeWorkspace();
const files = join(workspace, 'files');
const paths = await writeMany(files, count, () => 64 * 1024);
const sink = await startSink(workspace);
const missing = rcloneMissing();
const perSecond = (ms: number) => (count * 1000) / ms;

const loop = (send: Send): Side => {
  return async () =>
    perSecond(await timed(() => inParallel(paths, lanes, (path) => threeCalls(send, sink.origin, path))));
};

/** Milliseconds from the moment that the files are given until the last is completed. */
async function uploadAll({ origin }: Pick<Sink, 'origin'>): Promise<number> {
  const bench = await openBenchEngine({ workspace, kind: 'runflow', origin, lanes });
  const ms = await timed(() => bench.upload([files], count));
  await bench.close();
  return ms;
}

await checkContent(workspace, paths, async (hashing) => {
  await uploadAll(hashing);
});
const engine: Side = async () => perSecond(await uploadAll(sink));

const rclone: Side = async () => {
  const target = `:s3:bucket/${performance.now()}`;
  const args = ['copy', ...rcloneArguments(sink.origin), '--transfers', String(lanes), files, target];
  return perSecond((await run('rclone', args, rcloneEnvironment)).ms);
};

const [raw = [], bare = [], ours = [], cloned = []] = await takeTurns([
  loop(rawSend()),
  loop(gotSend()),
  engine,
  ...(missing === null ? [rclone] : []),
]);
const unit = 'files/s';
report('small-cpu', {
  what: '5,000 files, 3 calls each, engine · the same calls by got',
  unit,
  ours,
  peer: bare,
  target: { of: 'ratio', is: 'at-least', value: 0.9 },
});
report('small-cpu', {
  what: 'the same · by bare node:http',
  unit,
  ours,
  peer: raw,
  target: { of: 'ratio', is: 'at-least', value: 0.26 },
});
const against = 'requests of the engine · of rclone, S3 PUT';
report(
  'small-cpu',
  missing !== null
    ? { what: against, why: missing }
    : {
        what: against,
        unit: 'requests/s',
        ours: ours.map((value) => value * 3),
        peer: cloned,
        target: { of: 'ratio', is: 'at-least', value: 1.5 },
      },
);
