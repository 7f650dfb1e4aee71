/**
 * What a queue of 10,000, 100,000 and 1,000,000 jobs costs: to add to it, to look at it, to search it, to start on it. The ratio
 * is how much a hundred times as many jobs cost, where what is asked for stays the same.
 */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#ports/clock.ts';
import type { JobQuery } from '#shared/ipc.ts';
import { type OpenedJournal, openJournal } from '#storage';
import { ownWriter } from '../storage/support/own-writer.ts';
import { isWhole, rounds, timed } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { note, reportGrowth } from './support/growth.ts';
import { fileNumbered, sealer, seedLong } from './support/journal-jobs.ts';
import { run } from './support/programs.ts';
import { makeWorkspace } from './support/workspace.ts';

const sizes = isWhole ? [10_000, 100_000, 1_000_000] : [1000, 3000];
/** Jobs that are added to each queue in one round. */
const added = isWhole ? 5000 : 500;
const workspace = await makeWorkspace();
const asked: JobQuery = { filter: {}, sort: 'added', direction: 'descending', cursor: null, limit: 100 };

const questions: readonly (readonly [string, (journal: OpenedJournal, size: number) => Promise<unknown>])[] =
  [
    ['first page, newest', (journal) => journal.page(asked)],
    ['first page by name', (journal) => journal.page({ ...asked, sort: 'name', direction: 'ascending' })],
    ['page from the middle', (journal, size) => journal.page({ ...asked, offset: size >> 1 })],
    ['search for a rare name', (journal) => journal.page({ ...asked, filter: { search: '-4711' } })],
    [
      'search that all match, by name',
      (journal) => journal.page({ ...asked, sort: 'name', filter: { search: 'img' } }),
    ],
    ['all counts', (journal) => journal.counts({})],
    ['counts of one batch', (journal) => journal.counts({ batchId: 'batch-0' })],
    [
      'next 16 to reserve',
      (journal) =>
        journal.candidates({
          destinationId: 'destination-1',
          steps: ['reserve', 'upload', 'complete'],
          except: [],
          limit: 16,
        }),
    ],
  ];

const openHere = (directory: string) => openJournal({ directory, clock: systemClock, sealer });

/** A queue of so many jobs, for the questions that a journal answers. */
async function askJournal(size: number): Promise<void> {
  const directory = await mkdtemp(join(workspace, 'journal-'));
  const writer = ownWriter(directory);
  seedLong(writer, size);
  writer.close();
  for (let round = 0; round < rounds; round += 1) {
    const opening = await timed(async () => {
      const journal = await openHere(directory);
      await journal.page(asked);
      await journal.close();
    });
    note(opens, size, opening);
  }
  const journal = await openHere(directory);
  for (const [name, ask] of questions) {
    for (let round = 0; round <= rounds; round += 1) {
      const ms = await timed(() => ask(journal, size));
      if (round > 0) note(answers.get(name) ?? new Map(), size, ms);
    }
  }
  for (let round = 0; round < rounds; round += 1)
    note(enqueues, size, await enqueue(journal, size + round * added));
  await journal.close();
}

/** Microseconds a job, added as the engine adds what is dropped on it: 500 to a call. */
async function enqueue(journal: OpenedJournal, from: number): Promise<number> {
  const ms = await timed(async () => {
    for (let first = from; first < from + added; first += 500) {
      await journal.enqueue(Array.from({ length: 500 }, (_, index) => fileNumbered(first + index)));
    }
  });
  return (ms * 1000) / added;
}

/** The same size under a whole engine: how long until it answers, and how much memory it holds. */
async function startEngine(size: number): Promise<void> {
  const bench = await openBenchEngine({ workspace, kind: 'runflow', origin: 'http://127.0.0.1:9', lanes: 4 });
  const { dataDir, destinationId } = bench;
  await bench.engine.pauseDestination(destinationId);
  await bench.close();
  const writer = ownWriter(dataDir);
  seedLong(writer, size, { destinationId, isAtRest: true });
  writer.close();
  for (let round = 0; round <= rounds; round += 1) {
    const { stdout } = await run(process.execPath, [
      join(import.meta.dirname, 'support/start-engine.ts'),
      dataDir,
    ]);
    const { ms, mib } = JSON.parse(stdout);
    if (round === 0) continue;
    note(starts, size, ms);
    note(memory, size, mib);
  }
}

const opens = new Map<number, readonly number[]>();
const enqueues = new Map<number, readonly number[]>();
const starts = new Map<number, readonly number[]>();
const memory = new Map<number, readonly number[]>();
const answers = new Map(questions.map(([name]) => [name, new Map<number, readonly number[]>()]));
for (const size of sizes) {
  await askJournal(size);
  await startEngine(size);
}
reportGrowth('add a job', 'µs', enqueues, 2);
reportGrowth('open and first page', 'ms', opens, 2);
reportGrowth('engine start to first page', 'ms', starts, 1.5);
reportGrowth('memory of the engine', 'MiB', memory, 1.5);
for (const [name, bySize] of answers) reportGrowth(name, 'ms', bySize, null);
