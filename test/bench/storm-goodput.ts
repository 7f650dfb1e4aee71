/**
 * A service that takes 50 requests a second and refuses the rest, with and without saying when to come back: how much of the
 * 50 is used, how much is refused, and whether everything arrives; against got with ten retries of its own.
 */
import { join } from 'node:path';
import { gotSend, threeCalls } from './peers/calls.ts';
import { inParallel } from './peers/in-parallel.ts';
import { atShare, isWhole, rounds } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { report } from './support/report.ts';
import type { SinkStats } from './support/sink/options.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeMany } from './support/workspace.ts';

const count = isWhole ? 200 : atShare(200, 20);
const lanes = 8;
const perSecond = 50;
const workspace = await makeWorkspace();
const files = join(workspace, 'files');
const paths = await writeMany(files, count, () => 1024);

interface Storm {
  /** Accepted requests a second, in percent of the limit; the second that the bucket begins with does not count. */
  readonly goodput: number;
  /** In percent of all requests. */
  readonly refused: number;
  readonly failed: number;
}

function stormOf(stats: SinkStats, failed: number): Storm {
  const accepted = stats.reserves + stats.puts + stats.confirms + stats.others;
  const seconds = (stats.lastAcceptedAt - stats.firstAcceptedAt) / 1000;
  return {
    goodput: (100 * (accepted - perSecond)) / seconds / perSecond,
    refused: (100 * stats.refused) / (stats.refused + accepted),
    failed,
  };
}

async function engine(saysRetryAfter: boolean): Promise<Storm> {
  const sink = await startSink(workspace, { perSecond, saysRetryAfter });
  const bench = await openBenchEngine({ workspace, kind: 'runflow', origin: sink.origin, lanes });
  await bench.upload([files], count);
  const { byState } = await bench.engine.countJobs({});
  const storm = stormOf(await sink.stats(), byState.failed + byState.blocked);
  await bench.close();
  sink.close();
  return storm;
}

async function peer(saysRetryAfter: boolean): Promise<Storm> {
  const sink = await startSink(workspace, { perSecond, saysRetryAfter });
  const send = gotSend(10);
  let failed = 0;
  await inParallel(paths, lanes, (path) =>
    threeCalls(send, sink.origin, path).catch(() => {
      failed += 1;
    }),
  );
  const storm = stormOf(await sink.stats(), failed);
  sink.close();
  return storm;
}

for (const saysRetryAfter of [true, false]) {
  const ours: Storm[] = [];
  const theirs: Storm[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await peer(saysRetryAfter));
    ours.push(await engine(saysRetryAfter));
  }
  const how = saysRetryAfter ? 'with Retry-After' : 'without Retry-After';
  const sides = (of: (storm: Storm) => number) => ({ ours: ours.map(of), peer: theirs.map(of) });
  report('storm-goodput', {
    what: `of 50 requests/s used, ${how} · got, 10 retries`,
    unit: '%',
    ...sides(({ goodput }) => goodput),
    target: { of: 'ours', is: 'at-least', value: 90 },
  });
  report('storm-goodput', {
    what: `requests refused, ${how} · got, 10 retries`,
    unit: '%',
    ...sides(({ refused }) => refused),
    target: { of: 'ours', is: 'at-most', value: 10 },
  });
  report('storm-goodput', {
    what: `files failed, ${how} · got, 10 retries`,
    unit: 'files',
    ...sides(({ failed }) => failed),
    target: { of: 'ours', is: 'at-most', value: 0 },
  });
}
