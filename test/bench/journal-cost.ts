/**
 * What the journal costs. (a) and (b) compare it with bare node:sqlite that runs the very same statements in transactions of
 * the same size, in one thread: what is left is the way between the threads, the sealing and the bookkeeping.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#ports/clock.ts';
import { type OpenedJournal, openJournal } from '#storage';
import { encodeEntry } from '../../electron/storage/job-row.ts';
import { inState } from '../storage/support/jobs.ts';
import { type OwnWriter, ownWriter } from '../storage/support/own-writer.ts';
import { record, replay, splitByJob } from './support/bare-sqlite.ts';
import { atShare, isWhole, rounds, type Side, takeTurns } from './support/effort.ts';
import {
  callSize,
  enqueueOwn,
  entryOfStep,
  fileNumbered,
  rows,
  sealer,
  seededJob,
  statesOfLife,
} from './support/journal-jobs.ts';
import { report } from './support/report.ts';
import { makeWorkspace } from './support/workspace.ts';

const enqueued = isWhole ? 100_000 : 2000;
const transitions = atShare(10_000, 400);
const lives = transitions / 4;
const inFlight = 64;
const workspace = await makeWorkspace();
const freshDirectory = () => mkdtempSync(join(workspace, 'journal-'));
const openHere = (directory: string) => openJournal({ directory, clock: systemClock, sealer });

/** The lives of the first `count` jobs, step by step in groups of as many as are in flight. */
function transitionOwn(writer: OwnWriter, count: number): void {
  for (let from = 0; from < count; ) {
    const until = Math.min(from + inFlight, lives * (Math.floor(from / lives) + 1), count);
    let jobs = Array.from({ length: until - from }, (_, index) => seededJob(from + index));
    const states = jobs.map((_, index) => statesOfLife(from + index));
    for (let step = 0; step < 4; step += 1) {
      jobs = writer.transact(() =>
        jobs.map((before, index) => {
          const job = inState(before, states[index]?.[step] ?? before.state);
          const saved = writer.calls.save([[rows.encode(job), [encodeEntry(entryOfStep)]]]);
          return { ...job, revision: saved?.[0]?.[0] ?? 0 };
        }),
      );
    }
    from = until;
  }
}

async function timeEnqueue(): Promise<number> {
  const journal = await openHere(freshDirectory());
  const begun = performance.now();
  let from = 0;
  const take = async () => {
    while (from < enqueued) {
      const files = Array.from({ length: callSize }, (_, index) => fileNumbered(from + index));
      from += callSize;
      await journal.enqueue(files);
    }
  };
  await Promise.all([take(), take()]);
  const took = performance.now() - begun;
  await journal.close();
  return took;
}

async function timeTransitions(journal: OpenedJournal, from: number): Promise<number> {
  let next = from;
  const live = async () => {
    for (let index = next++; index < from + lives; index = next++) {
      let job = seededJob(index);
      for (const state of statesOfLife(index)) {
        const result = await journal.save([{ job: inState(job, state), entries: [entryOfStep] }]);
        if (!result.saved || result.jobs[0] === undefined) throw new Error('Refused');
        job = result.jobs[0];
      }
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, live));
  return performance.now() - begun;
}

/** Rows a second of both sides. */
async function compare(what: string, count: number, bare: Side, journal: Side, target: number | null) {
  const perSecond = (side: Side) => async (round: number) => (count * 1000) / (await side(round));
  const [peer = [], ours = []] = await takeTurns([perSecond(bare), perSecond(journal)]);
  report('journal-cost', {
    what,
    unit: 'rows/s',
    ours,
    peer,
    target: target === null ? null : { of: 'ratio', is: 'at-least', value: target },
  });
}

/** Each round fills a new queue. */
async function compareEnqueue(): Promise<void> {
  const recorded = record(
    freshDirectory(),
    () => {},
    (writer) => enqueueOwn(writer, enqueued),
  );
  const bare = () => {
    const writer = ownWriter(freshDirectory());
    const took = replay(writer.database, recorded);
    writer.close();
    return took;
  };
  await compare('enqueue 100,000 jobs · bare node:sqlite', enqueued, bare, timeEnqueue, 0.5);
}

/**
 * One queue for all rounds, each with jobs of its own, as in an engine that has been running for a while. Bare SQLite has
 * nobody in flight: to answer each transition when it is on disk, it commits each. The second comparison grants it groups
 * as large as they can be, which no caller could get from it.
 */
async function compareTransitions(): Promise<void> {
  const seeded = 2 * lives * (rounds + 1);
  const seed = (writer: OwnWriter) => enqueueOwn(writer, seeded);
  const recorded = record(freshDirectory(), seed, (writer) => transitionOwn(writer, seeded));
  const directory = freshDirectory();
  const seeding = ownWriter(directory);
  seed(seeding);
  seeding.close();
  const journal = await openHere(directory);
  const bareWriter = ownWriter(freshDirectory());
  seed(bareWriter);
  const perRound = recorded.length / (2 * (rounds + 1));
  const ofRound = (round: number) => recorded.slice(round * perRound, (round + 1) * perRound);
  const later = rounds + 1;
  const what = '10,000 transitions, 64 in flight · bare node:sqlite';
  await compare(
    `${what}, a commit each`,
    transitions,
    (round) => replay(bareWriter.database, ofRound(round).flatMap(splitByJob)),
    (round) => timeTransitions(journal, round * lives),
    null,
  );
  await compare(
    `${what}, groups of 64`,
    transitions,
    (round) => replay(bareWriter.database, ofRound(later + round)),
    (round) => timeTransitions(journal, (later + round) * lives),
    0.8,
  );
  bareWriter.close();
  await journal.close();
}

await compareEnqueue();
await compareTransitions();
