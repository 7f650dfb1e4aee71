/**
 * A service that takes 50 requests a second and refuses the rest, with and without saying when to come back: how much of the
 * 50 is used, how much is refused, and whether everything arrives; against got with ten retries of its own. All four wait
 * most of the time, so they go side by side, each with a service of its own.
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

/** 1,500 requests: half a minute. A thousand files would take a whole one in each of the rounds, and say the same. */
const count = isWhole ? 500 : atShare(500, 20);
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

const storms = [
  { how: 'with Retry-After', saysRetryAfter: true, ours: [] as Storm[], theirs: [] as Storm[] },
  { how: 'without Retry-After', saysRetryAfter: false, ours: [] as Storm[], theirs: [] as Storm[] },
];
for (let round = 0; round < rounds; round += 1) {
  await Promise.all(
    storms.map(async ({ saysRetryAfter, ours, theirs }) => {
      const [one, other] = await Promise.all([engine(saysRetryAfter), peer(saysRetryAfter)]);
      ours.push(one);
      theirs.push(other);
    }),
  );
}
for (const { how, ours, theirs } of storms) {
  const sides = (of: (storm: Storm) => number) => ({ ours: ours.map(of), peer: theirs.map(of) });
  report('storm-goodput', {
    what: `of 50 requests/s used, ${how} · got, 10 retries`,
    unit: '%',
    ...sides(({ goodput }) => goodput),
    target: { of: 'ours', is: 'at-least', value: 90 },
  });
  const refused = { unit: '%', ...sides(({ refused }) => refused) };
  report('storm-goodput', {
    ...refused,
    what: `requests refused, ${how} · got, 10 retries`,
    target: { of: 'ours', is: 'at-most', value: 10 },
  });
  report('storm-goodput', {
    ...refused,
    what: `the same by the peer's, ${how}`,
    target: { of: 'ratio', is: 'at-most', value: 0.3 },
  });
  report('storm-goodput', {
    what: `files failed, ${how} · got, 10 retries`,
    unit: 'files',
    ...sides(({ failed }) => failed),
    target: { of: 'ours', is: 'at-most', value: 0 },
  });
}
