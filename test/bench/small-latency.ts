/**
 * 1,000 files of 64 KiB to a service that takes 20 to 80 ms for every answer, 8 data lanes: how busy the lanes are, and how
 * long it takes against the loop that reserves, sends and confirms one file after the other in each of 8 lanes.
 */
import { join } from 'node:path';
import { fetchSend, threeCalls } from './peers/calls.ts';
import { inParallel } from './peers/in-parallel.ts';
import { atShare, takeTurns, timed } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { report } from './support/report.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeMany } from './support/workspace.ts';

const count = atShare(1000, 100);
const lanes = 8;
const workspace = await makeWorkspace();
const files = join(workspace, 'files');
const paths = await writeMany(files, count, () => 64 * 1024);
const sink = await startSink(workspace, { delayMs: [20, 80] });
const busy: number[] = [];

async function engine(): Promise<number> {
  const bench = await openBenchEngine({ workspace, kind: 'runflow', origin: sink.origin, lanes });
  await sink.reset();
  const ms = await timed(() => bench.upload([files], count));
  const { putMs, firstPutAt, lastPutAt } = await sink.stats();
  busy.push((100 * putMs) / (lanes * (lastPutAt - firstPutAt)));
  await bench.close();
  return ms;
}

const naive = () => timed(() => inParallel(paths, lanes, (path) => threeCalls(fetchSend, sink.origin, path)));

const [peer = [], ours = []] = await takeTurns([naive, engine], { warmsUp: false });
report('small-latency', {
  what: '1,000 files, 50 ms a call, 8 lanes · await, await, await',
  unit: 'ms',
  ours,
  peer,
  target: { of: 'ratio', is: 'at-most', value: 0.45 },
});
report('small-latency', {
  what: 'time that the 8 data lanes are busy',
  unit: '%',
  ours: busy,
  peer: null,
  target: { of: 'ours', is: 'at-least', value: 95 },
});
