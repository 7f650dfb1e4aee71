/**
 * What the journal costs. Run: `node test/bench/journal.ts [rows of the large queue, default 1000000]`.
 *
 * (a) and (b) compare the journal with bare node:sqlite that runs the very same statements with the same parameters, in
 * transactions of the same size, in one thread: what is left is the way between the threads, the sealing and the
 * bookkeeping. The second part asks a large queue what schedulers and lists ask.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '#ports/clock.ts';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import type { JobQuery } from '#shared/ipc.ts';
import type { TimelineEntry } from '#shared/job.ts';
import { type OpenedJournal, openJournal } from '#storage';
import { createJobRows, encodeEntry } from '../../electron/storage/job-row.ts';
import { asset, inState, newFile, reservation } from '../storage/support/jobs.ts';
import { testSealer } from '../storage/support/journals.ts';
import { type OwnWriter, ownWriter } from '../storage/support/own-writer.ts';
import { type Executed, watchStatements } from '../storage/support/watch-statements.ts';

const rounds = 5;
const enqueued = 100_000;
const callSize = 1000;
const transitions = 10_000;
const inFlight = 64;
const largeRows = Number(process.argv[2] ?? 1_000_000);

const sealer = testSealer();
const directories: string[] = [];
function freshDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'hoist-bench-'));
  directories.push(directory);
  return directory;
}

const fileNumbered = (index: number) =>
  newFile(
    `/home/someone/Pictures/2026/trip-${index % 50}/IMG_${String((index * 7919) % 1_000_003).padStart(7, '0')}-${index}.jpg`,
    {
      file: {
        sizeBytes: 1000 + ((index * 31) % 5_000_000),
        mtimeNs: `17000000${String(index).padStart(11, '0')}`,
        inode: `2049:${index}`,
      },
      destinationId: `destination-${index % 3}`,
      watchFolderId: index % 2 === 0 ? 'folder-1' : null,
      batchId: index % 2 === 0 ? null : `batch-${Math.floor(index / 5000)}`,
    },
  );

/** The life of a job, as the states that follow on queued(reserve). */
function statesOfLife(index: number): readonly StoredState[] {
  const own = { ...reservation, remoteId: `asset-${index}` };
  return [
    { name: 'reserving', reservation: null },
    { name: 'uploading', reservation: own },
    { name: 'completing', reservation: own },
    { name: 'completed', asset: asset({ id: `asset-${index}` }) },
  ];
}

// Bare node:sqlite

/** Runs `work` on a writer of its own and notes every statement of it, transaction by transaction. */
function record(
  seed: (writer: OwnWriter) => void,
  work: (writer: OwnWriter) => void,
): readonly (readonly Executed[])[] {
  const groups: Executed[][] = [[]];
  let isRecording = false;
  const writer = ownWriter(freshDirectory(), {
    wrap: (database) =>
      watchStatements(database, (executed) => {
        if (isRecording) groups.at(-1)?.push(executed);
      }),
    afterCommit: () => groups.push([]),
  });
  seed(writer);
  groups.splice(0, groups.length, []);
  isRecording = true;
  work(writer);
  writer.close();
  return groups.filter(({ length }) => length > 0);
}

/** Milliseconds that bare SQLite takes for what was recorded. */
function replay(database: DatabaseSync, groups: readonly (readonly Executed[])[]): number {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  for (const { sql, kind } of groups.flat()) {
    if (statements.has(sql)) continue;
    const statement = database.prepare(sql);
    if (kind !== 'run') statement.setReturnArrays(true);
    statements.set(sql, statement);
  }
  const begun = performance.now();
  for (const group of groups) {
    database.exec('BEGIN IMMEDIATE');
    for (const { sql, kind, parameters } of group) statements.get(sql)?.[kind](...parameters);
    database.exec('COMMIT');
  }
  return performance.now() - begun;
}

const rows = createJobRows(sealer);
const encodeFile = (index: number) => {
  const file = fileNumbered(index);
  return [rows.encodeNew(file), false, file.entries.map(encodeEntry)] as const;
};

function enqueueOwn(writer: OwnWriter, count: number): void {
  for (let from = 0; from < count; from += callSize) {
    const files = Array.from({ length: callSize }, (_, index) => encodeFile(from + index));
    writer.transact(() => writer.calls.enqueue(from, files));
  }
}

/** The lives of the first `count` jobs, step by step in groups of as many as are in flight. */
function transitionOwn(writer: OwnWriter, count: number): void {
  const lives = transitions / 4;
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

const entryOfStep: TimelineEntry = {
  at: 1,
  kind: 'reserved',
  attempt: 1,
  durationMs: 80,
  status: 200,
  host: 'api.example',
};

/** What `enqueueOwn` made of file `index`: ids and revisions run side by side in a new queue. */
function seededJob(index: number): StoredJob {
  return {
    ...fileNumbered(index).order,
    id: index + 1,
    revision: index + 1,
    generation: 1,
    rank: 0,
    attempts: 0,
    renewals: 0,
    renewalsInRow: 0,
    wasSignatureRefused: false,
    wasDoubted: false,
    wasCompleteTried: false,
    reserveKey: null,
    state: { name: 'queued', step: 'reserve', reservation: null },
    sha256: null,
    addedAt: 0,
    updatedAt: 0,
    completedAt: null,
  };
}

// The journal

const openHere = (directory: string) => openJournal({ directory, clock: systemClock, sealer });

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

async function timeTransitions(journal: OpenedJournal, from: number, count: number): Promise<number> {
  let next = from;
  const live = async () => {
    for (let index = next++; index < from + count; index = next++) {
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

// Reports

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const spread = (numbers: readonly number[], digits = 1) =>
  [Math.min(...numbers), median(numbers), Math.max(...numbers)]
    .map((value) => value.toFixed(digits).padStart(9))
    .join(' ');

function line(name: string, numbers: readonly number[], note = ''): void {
  console.log(`${name.padEnd(46)} ${spread(numbers, numbers.some((value) => value < 10) ? 2 : 0)}  ${note}`);
}

/** One side of a comparison: does one round of the work, answers how many milliseconds it took. */
type Side = (round: number) => number | Promise<number>;

/** Rounds of both sides take turns; the first of each only warms up. */
async function compare(
  name: string,
  count: number,
  bare: Side,
  journal: Side,
  target: number | null,
): Promise<void> {
  const bareTimes: number[] = [];
  const journalTimes: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const times = [await bare(round), await journal(round)] as const;
    if (round === 0) continue;
    bareTimes.push(times[0]);
    journalTimes.push(times[1]);
  }
  const perSecond = (took: number) => (count / took) * 1000;
  line(`${name}: bare, rows/s`, bareTimes.map(perSecond));
  line(`${name}: journal, rows/s`, journalTimes.map(perSecond));
  const ratios = bareTimes.map((took, round) => took / (journalTimes[round] ?? Number.NaN));
  line(
    `${name}: journal to bare`,
    ratios,
    target === null ? '' : `target ${target} ${median(ratios) >= target ? 'met' : 'MISSED'}`,
  );
}

/** Each round fills a new queue. */
async function compareEnqueue(): Promise<void> {
  const recorded = record(
    () => {},
    (writer) => enqueueOwn(writer, enqueued),
  );
  const bare = () => {
    const writer = ownWriter(freshDirectory());
    const took = replay(writer.database, recorded);
    writer.close();
    return took;
  };
  await compare('enqueue 100k', enqueued, bare, timeEnqueue, 0.5);
}

/**
 * One queue for all rounds, each with jobs of its own, as in an engine that has been running for a while. Bare SQLite has
 * nobody in flight: to answer each transition when it is on disk, it commits each. The second comparison grants it groups
 * as large as they can be, which no caller could get from it.
 */
async function compareTransitions(): Promise<void> {
  const lives = transitions / 4;
  const seeded = 2 * lives * (rounds + 1);
  const seed = (writer: OwnWriter) => enqueueOwn(writer, seeded);
  const recorded = record(seed, (writer) => transitionOwn(writer, seeded));
  const directory = freshDirectory();
  const seeding = ownWriter(directory);
  seed(seeding);
  seeding.close();
  const journal = await openHere(directory);
  const bareWriter = ownWriter(freshDirectory());
  seed(bareWriter);
  const perRound = recorded.length / (2 * (rounds + 1));
  const ofRound = (round: number) => recorded.slice(round * perRound, (round + 1) * perRound);

  const alone: Side = (round) => replay(bareWriter.database, ofRound(round).flatMap(splitByJob));
  await compare(
    'transitions, commit each',
    transitions,
    alone,
    (round) => timeTransitions(journal, round * lives, lives),
    0.8,
  );
  const later = rounds + 1;
  const grouped: Side = (round) => replay(bareWriter.database, ofRound(later + round));
  await compare(
    'transitions, groups of 64',
    transitions,
    grouped,
    (round) => timeTransitions(journal, (later + round) * lives, lives),
    null,
  );
  bareWriter.close();
  await journal.close();
}

/** A job's transition begins with the question for what is stored; the tallies that follow go with the last. */
function splitByJob(group: readonly Executed[]): readonly (readonly Executed[])[] {
  const parts: Executed[][] = [];
  for (const statement of group) {
    if (statement.kind === 'get' || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(statement);
  }
  return parts;
}

const finalStates = (index: number): StoredState | null => {
  if (index % 10 < 8) return { name: 'completed', asset: asset() };
  if (index % 1000 === 9)
    return {
      name: 'failed',
      step: 'upload',
      reservation: null,
      failure: { code: 'timeout', message: '', facts: {} },
    };
  if (index % 100_000 === 18) return { name: 'uploading', reservation };
  if (index % 10 === 8)
    return { name: 'waiting', step: 'upload', reservation: null, until: 1_000_000 + index, failure: null };
  return null;
};

function seedLarge(directory: string): void {
  const writer = ownWriter(directory);
  for (let from = 0; from < largeRows; from += callSize) {
    const files = Array.from({ length: callSize }, (_, index) => encodeFile(from + index));
    writer.transact(() => {
      const results = writer.calls.enqueue(from, files);
      results.forEach((result, offset) => {
        const state = finalStates(from + offset);
        if (state === null || result[0] !== 'added') return;
        const job = inState({ ...seededJob(from + offset), id: result[1], revision: result[2] }, state);
        writer.calls.save([
          [rows.encode({ ...job, completedAt: job.completedAt === null ? null : from + offset + 1 }), []],
        ]);
      });
    });
  }
  writer.close();
}

const asked: JobQuery = { filter: {}, sort: 'added', direction: 'descending', cursor: null, limit: 100 };

const questions: readonly (readonly [string, (journal: OpenedJournal) => Promise<unknown>])[] = [
  [
    'candidates, 16',
    (j) =>
      j.candidates({
        destinationId: 'destination-1',
        steps: ['reserve', 'upload', 'complete'],
        except: [],
        limit: 16,
      }),
  ],
  [
    'candidates under 4 KiB, 16',
    (j) =>
      j.candidates({
        destinationId: 'destination-1',
        steps: ['reserve'],
        maxBytes: 4096,
        except: [],
        limit: 16,
      }),
  ],
  ['due, 16', (j) => j.due(2_000_000, [], 16)],
  ['nextDueAt', (j) => j.nextDueAt([])],
  ['unfinishedRuns', (j) => j.unfinishedRuns(100)],
  ['findByPath', (j) => j.findByPath(fileNumbered(4711).order.path)],
  ['counts, all', (j) => j.counts({})],
  ['counts, one batch', (j) => j.counts({ batchId: 'batch-3' })],
  ['counts, common search', (j) => j.counts({ search: 'img' })],
  ['page, newest added', (j) => j.page(asked)],
  ['page, by name', (j) => j.page({ ...asked, sort: 'name', direction: 'ascending' })],
  ['page, by size, tab failed', (j) => j.page({ ...asked, sort: 'size', filter: { tab: 'failed' } })],
  [
    'page, updated, one destination',
    (j) => j.page({ ...asked, sort: 'updated', filter: { destinationId: 'destination-2', tab: 'done' } }),
  ],
  ['page, by name, one batch', (j) => j.page({ ...asked, sort: 'name', filter: { batchId: 'batch-7' } })],
  ['page, search common (img)', (j) => j.page({ ...asked, sort: 'name', filter: { search: 'img' } })],
  ['page, search rare (-471147)', (j) => j.page({ ...asked, filter: { search: '-471147' } })],
  ['page, search absent (zebra)', (j) => j.page({ ...asked, sort: 'name', filter: { search: 'zebra' } })],
  [
    'page, search absent, two letters (zq)',
    (j) => j.page({ ...asked, sort: 'name', filter: { search: 'zq' } }),
  ],
  ['page, search absent, common pieces', (j) => j.page({ ...asked, filter: { search: '.jpgimg_' } })],
  ['changesSince, 100', (j) => j.changesSince(largeRows, 100)],
];

async function askLarge(): Promise<void> {
  const directory = freshDirectory();
  seedLarge(directory);
  const opens: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const journal = await openHere(directory);
    await journal.page(asked);
    await journal.counts({});
    opens.push(performance.now() - begun);
    await journal.close();
  }
  line('open, first page and counts, ms', opens);
  const journal = await openHere(directory);
  for (const [name, ask] of questions) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const begun = performance.now();
      await ask(journal);
      if (round > 0) times.push(performance.now() - begun);
    }
    line(`${name}, ms`, times);
  }
  const begun = performance.now();
  await journal.maintain({ completedBefore: 0, timelineBefore: 0, copies: 1 });
  line('daily copy with its check, ms', [performance.now() - begun]);
  await journal.close();
}

try {
  console.log(
    `Node ${process.version}, SQLite ${process.versions.sqlite}, ${cpus().length} x ${cpus()[0]?.model.trim()}`,
  );
  console.log(`${''.padEnd(46)} ${['min', 'median', 'max'].map((word) => word.padStart(9)).join(' ')}`);
  await compareEnqueue();
  await compareTransitions();
  console.log(`A queue of ${largeRows} jobs:`);
  await askLarge();
} finally {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
}
