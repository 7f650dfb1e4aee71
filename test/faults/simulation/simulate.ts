/** The simulation tier: as many seeds as time allows, on every core. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { playStory } from '../../support/sim-story.ts';
import type { Campaign } from '../arguments.ts';
import { addFound, nothingFound, type TierResult } from '../result.ts';
import { unmetRows } from '../table.ts';
import type { Batch, Played } from './messages.ts';
import { playTwice } from './play-seed.ts';

const batchSeeds = 20;
const mostTold = 5;
/** With so many seeds, all trouble that there is has been met. */
const enoughSeeds = 300;

const replay = (seed: number) => `npm run faults -- --seed ${seed}`;

const firstSeed = 1;

export async function simulate(campaign: Campaign): Promise<TierResult> {
  const startedAt = performance.now();
  const cpuAtStart = process.cpuUsage();
  const { seeds, minutes } = campaign;
  const endsAt = minutes === null ? Number.POSITIVE_INFINITY : startedAt + minutes * 60_000;
  const lastSeed = seeds === null ? Number.POSITIVE_INFINITY : firstSeed + seeds;
  let next = firstSeed;
  const take = (): Batch | null => {
    if (next >= lastSeed || performance.now() >= endsAt) return null;
    const batch = { from: next, to: Math.min(next + batchSeeds, lastSeed) };
    next = batch.to;
    return batch;
  };
  const played: Played[] = [];
  await Promise.all(Array.from({ length: availableParallelism() }, () => runPlayer(take, played)));
  const ms = performance.now() - startedAt;
  const sum = (read: (each: Played) => number) => played.reduce((total, each) => total + read(each), 0);
  const failed = played.flatMap((each) => each.failed).sort((a, b) => a.seed - b.seed);
  const tornLogs = sum((each) => each.tornLogs);
  const kinds = new Set([
    ...always,
    ...played.flatMap(({ faultKinds }) => faultKinds),
    ...(tornLogs > 0 ? ['torn log'] : []),
  ]);
  const unmet = sum((each) => each.seeds) < enoughSeeds ? [] : unmetRows(kinds);
  const schedules = 2 * sum((each) => each.seeds);
  const perMinute = Math.round((schedules / ms) * 60_000);
  const { user, system } = process.cpuUsage(cpuAtStart);
  const perProcessor = Math.round((schedules / (user + system)) * 60_000_000);
  console.log(
    `${sum((each) => each.seeds)} seeds from ${firstSeed} on, each twice: ${schedules} schedules, ` +
      `${perMinute} a minute (${perProcessor} in a minute of one processor's own time); ${sum((each) => each.onRealJournal)} of the seeds on the real file. ` +
      `${sum(({ jobs }) => jobs)} jobs met ${sum(({ faults }) => faults)} faults, ${sum(({ deaths }) => deaths)} deaths ` +
      `and ${tornLogs} logs that were torn.`,
  );
  return {
    tier: 'simulation',
    faultsTried: kinds.size,
    played: `${sum((each) => each.seeds)} seeds, ${perMinute} schedules a minute`,
    found: failed
      .flatMap(({ findings }) => findings)
      .reduce((found, { kind }) => addFound(found, { ...nothingFound, [kind]: 1 }), nothingFound),
    problems: [
      ...failed
        .slice(0, mostTold)
        .map(({ seed, findings }) => `Seed ${seed}: ${findings[0]?.text} See it again: ${replay(seed)}`),
      ...unmet,
      ...(failed.length > mostTold ? [`And ${failed.length - mostTold} more seeds.`] : []),
    ],
    notRun: [],
    ms,
  };
}

/** Of every seed, whatever its weather. */
const always: readonly string[] = [
  'death between writes',
  'death before a write',
  'death after a write',
  'restart',
  'sleep',
  'clock set back',
  'clock set ahead',
  'expiry',
  'file changed',
  'file gone',
];

async function runPlayer(take: () => Batch | null, played: Played[]): Promise<void> {
  const worker = new Worker(new URL('./player-worker.ts', import.meta.url));
  const over = Promise.withResolvers<void>();
  const next = () => {
    const batch = take();
    if (batch === null) over.resolve();
    else worker.postMessage(batch);
  };
  worker.once('error', over.reject);
  worker.on('message', (done: Played) => {
    played.push(done);
    next();
  });
  next();
  try {
    await over.promise;
  } finally {
    await worker.terminate();
  }
}

/** One seed, told as it goes. */
export async function replaySeed(seed: number): Promise<TierResult> {
  const startedAt = performance.now();
  await playStory(seed, { onTell: (line) => console.log(line) }).catch(() => {});
  const { ending, findings } = await playTwice(seed);
  const found = findings.reduce(
    (sum, { kind }) => addFound(sum, { ...nothingFound, [kind]: 1 }),
    nothingFound,
  );
  return {
    tier: 'simulation',
    faultsTried: (ending?.faultKinds.length ?? 0) + always.length,
    played: `seed ${seed}`,
    found,
    problems: findings.map(({ text }) => text),
    notRun: [],
    ms: performance.now() - startedAt,
  };
}
