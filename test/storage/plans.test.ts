import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JobQuery, jobSorts } from '#shared/job-query.ts';
import { openForReading } from '../../electron/storage/connection.ts';
import { databaseFile } from '../../electron/storage/database-files.ts';
import { createJobRows } from '../../electron/storage/job-row.ts';
import { createListReader } from '../../electron/storage/list-reader.ts';
import { createLookupReader } from '../../electron/storage/lookup-reader.ts';
import type { ListCalls, LookupCalls } from '../../electron/storage/wire.ts';
import { newFile } from './support/jobs.ts';
import { Journals, testSealer } from './support/journals.ts';
import { ownWriter } from './support/own-writer.ts';
import { type Executed, watchStatements } from './support/watch-statements.ts';

const rows = 100_000;
const journals = new Journals();
let database: DatabaseSync;
let list: ListCalls;
let lookup: LookupCalls;
let executed: Executed[] = [];

beforeAll(() => {
  const directory = journals.directory();
  const codec = createJobRows(testSealer());
  const writer = ownWriter(directory);
  for (let from = 0; from < rows; from += 2000) {
    const files = Array.from({ length: 2000 }, (_, offset) => {
      const index = from + offset;
      return newFile(`/photos/IMG_${index}.jpg`, {
        file: { sizeBytes: index % 5000, mtimeNs: String(index), inode: '1:1' },
        batchId: index % 2 === 0 ? 'large' : `small-${index % 1001}`,
        watchFolderId: 'f1',
      });
    });
    writer.transact(() =>
      writer.calls.enqueue(
        1,
        files.map((file) => [codec.encodeNew(file), false, []]),
      ),
    );
  }
  // A state of its own for most rows, without the cost of a transition each: the indexes are what counts here.
  writer.database.exec(`
    UPDATE jobs SET shelf = 6, state = 'completed', completed_at = id, sha256 = 'ff' WHERE id % 10 < 8;
    UPDATE jobs SET shelf = 3, state = 'waiting', due_at = id WHERE id % 10 = 8;
    UPDATE jobs SET shelf = 1, state = 'uploading' WHERE id % 10000 = 9;
  `);
  writer.close();
  database = openForReading(databaseFile(directory));
  const watched = watchStatements(database, (statement) => executed.push(statement));
  list = createListReader(watched);
  lookup = createLookupReader(watched);
}, 240_000);

afterAll(async () => {
  database.close();
  await journals.clear();
});

/** Small tables that are read as a whole, and the two ways to hand in a set of ids. */
const mayBeScanned = /^SCAN (holds|facts|journal|tallies|json_each|job_names|\(subquery-\d+\))/;

const planOf = ({ sql, parameters }: Executed): readonly string[] =>
  database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map(({ detail }) => String(detail));

/** The lines of the plans of all that was executed since, where they are not what an index range costs. */
function costlySteps(mayGroup = false): readonly string[] {
  expect(executed.length).toBeGreaterThan(0);
  const lines = executed.flatMap(planOf);
  return lines.filter(
    (line) =>
      (line.startsWith('SCAN') && !mayBeScanned.test(line) && !line.startsWith('SCAN CONSTANT')) ||
      (line.includes('TEMP B-TREE') && !(mayGroup && line.includes('FOR GROUP BY'))),
  );
}

function forget(): void {
  executed = [];
}

describe('of a queue of 100,000', () => {
  it.each(jobSorts)('a page by %s walks its index, both ways, from a cursor, with any filter', (sort) => {
    forget();
    for (const direction of ['ascending', 'descending'] as const) {
      for (const filter of [
        {},
        { tab: 'done' },
        { tab: 'waiting' },
        { states: ['uploading', 'completed'] },
        { destinationId: 'd1', tab: 'active' },
        { watchFolderId: 'f1' },
        { batchId: 'large' },
        { search: 'img' },
        { search: 'zq' },
        { completedAfter: 10, completedBefore: 50_000 },
      ] as const) {
        const query = { filter, sort, direction, limit: 50 };
        const first = list.page({ ...query, cursor: null });
        if (first.nextCursor !== null) list.page({ ...query, cursor: first.nextCursor });
        list.page({ ...query, cursor: null, offset: 30 });
        list.page({ ...query, cursor: null, offset: 60_000 });
      }
    }
    // Jumps ask the tallies how long the list is.
    expect(costlySteps(true)).toEqual([]);
  });

  it('a page by name names the index that holds all that it must look at', () => {
    forget();
    list.page({
      filter: { destinationId: 'd1', search: 'img' },
      sort: 'name',
      direction: 'ascending',
      cursor: null,
      limit: 9,
    });
    const plans = executed.flatMap(planOf);
    expect(plans).toContain('SEARCH jobs USING COVERING INDEX jobs_by_name (shelf=?)');
  });

  it.each(jobSorts)('a small set by %s is looked up row by row, also for its counts', (sort) => {
    for (const filter of [
      { search: 'zebra' },
      { search: 'img_4711' },
      { batchId: 'small-7' },
      { ids: [1, 2] },
      { completedAfter: 50_000, completedBefore: 51_000 },
      { watchFolderId: 'f1', tab: 'done', completedAfter: rows - 1000 } as const,
    ]) {
      forget();
      list.page({ filter, sort, direction: 'ascending', cursor: null, limit: 50 });
      if (!('batchId' in filter)) list.counts(filter);
      const plans = executed.filter(({ sql }) => sql.includes('NOT INDEXED')).map(planOf);
      expect(plans.length).toBeGreaterThan(0);
      for (const plan of plans) expect(plan).toContain('SEARCH jobs USING INTEGER PRIMARY KEY (rowid=?)');
    }
  });

  it.each(jobSorts)('a jump by %s from the nearer end gives what a walk from the other gives', (sort) => {
    const query = { filter: {}, sort, cursor: null } as const;
    const ids = (of: Partial<JobQuery>) =>
      list.page({ ...query, direction: 'ascending', limit: 1000, ...of }).rows.map(([id]) => id);
    expect(ids({ offset: rows - 250 })).toEqual(ids({ direction: 'descending', limit: 250 }).toReversed());
    expect(ids({ offset: rows / 2 + 1, limit: 100 })).toEqual(ids({ offset: rows / 2 - 99 }).slice(100, 200));
    expect(ids({ offset: rows })).toEqual([]);
    expect(ids({ offset: Number.MAX_SAFE_INTEGER })).toEqual([]);
  });

  it('the large ways and the small ways to a page agree', () => {
    const common = {
      filter: { search: 'img_' },
      sort: 'size',
      direction: 'descending',
      cursor: null,
      limit: 30,
    } as const;
    const ids = (filter: object) => list.page({ ...common, filter }).rows.map(([id]) => id);
    const everyId = Array.from({ length: rows }, (_, index) => index + 1);
    expect(ids({ search: 'img_' })).toEqual(ids({ ids: everyId, search: 'IMG_' }));
    expect(ids({ batchId: 'large' })).toEqual(ids({ ids: everyId, batchId: 'large' }));
    const day = { completedAfter: 50_000, completedBefore: 50_500 };
    expect(ids(day)).toEqual(ids({ ids: everyId, ...day }));
    expect(ids(day)).toHaveLength(30);
    expect(ids({ search: 'img_4711' })).toEqual(ids({ ids: everyId, search: 'img_4711' }));
    expect(list.counts({ search: 'img_' })).toEqual(list.counts({ ids: everyId }));
    expect(list.counts(day)).toEqual(list.counts({ ids: everyId, ...day }));
    expect(list.counts(day).all).toBe(400);
    expect(list.counts({ completedAfter: 1 })).toEqual(list.counts({ ids: everyId, states: ['completed'] }));
  });

  it('matching ids, changes and timelines are ranges', () => {
    forget();
    list.matching({ tab: 'waiting' }, 500, 100);
    list.changesSince(50_000, 100);
    list.timeline(5);
    expect(costlySteps()).toEqual([]);
  });

  it('counts that the tallies know look at no job', () => {
    for (const filter of [
      {},
      { tab: 'done' },
      { destinationId: 'd1' },
      { watchFolderId: 'f1' },
      { batchId: 'large' },
    ] as const) {
      forget();
      list.counts(filter);
      expect(executed.map(({ sql }) => sql).filter((sql) => /FROM jobs/.test(sql))).toEqual([]);
      expect(costlySteps(true)).toEqual([]);
    }
  });

  it('everything that the scheduler and the watcher ask is a range', () => {
    forget();
    const steps = ['reserve', 'upload', 'complete'] as const;
    expect(lookup.candidates('d1', steps, null, [10, 20], 16)).toHaveLength(16);
    expect(lookup.candidates('d1', ['reserve'], 4096, [], 16)).toHaveLength(16);
    expect(lookup.candidates('d1', ['reserve'], 5_000_000, [], 16)).toHaveLength(16);
    expect(lookup.due(5000, [8], 16)).toHaveLength(16);
    expect(lookup.nextDueAt([])).toBe(8);
    expect(lookup.unfinishedRuns(100)).toHaveLength(10);
    expect(lookup.findByPath('/photos/IMG_5.jpg')).toHaveLength(1);
    expect(lookup.findCompletedWithSize('d1', null, 100).length).toBeGreaterThan(1);
    lookup.load([1, 2]);
    lookup.loadGroup('g');
    lookup.unhashed(5);
    lookup.nextTopRank();
    lookup.holds();
    lookup.facts();
    lookup.watchFiles('f1', '', 10);
    lookup.watchFile('f1', 'x');
    lookup.watchFileCounts('f1');
    expect(costlySteps()).toEqual([]);
  });
});
