import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from 'vitest';
import { createJobRows, encodeEntry, newJob } from '../../electron/storage/job-row.ts';
import { openDatabase } from '../../electron/storage/open-database.ts';
import { createWriter } from '../../electron/storage/writer.ts';
import { inState, newFile, stateNamed } from './support/jobs.ts';
import { Journals, testSealer } from './support/journals.ts';
import { ownWriter } from './support/own-writer.ts';

const journals = new Journals();
afterEach(() => journals.clear());

const rows = createJobRows(testSealer());
const transactions = 120;

/** One transaction per number: a new job, and the one before it completed. */
function writeHistory(directory: string): { readonly database: Buffer; readonly log: Buffer } {
  const writer = ownWriter(directory);
  writer.database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0');
  const entry = encodeEntry({ at: 1, kind: 'queued', attempt: 0 });
  let last = 0;
  for (let number = 1; number <= transactions; number += 1) {
    const file = newFile(`/photos/IMG_${number}.jpg`, { batchId: `b${number % 3}` });
    writer.transact(() => {
      const [result] = writer.calls.enqueue(number, [[rows.encodeNew(file), false, [entry]]]);
      if (result?.[0] !== 'added') throw new Error('Not added');
      const [, id, revision, generation] = result;
      const job = newJob(file, { id, revision, generation, now: number });
      const saved = writer.calls.save([[rows.encode(inState(job, stateNamed('completed'))), [entry]]]);
      last = saved?.[0]?.[0] ?? 0;
    });
  }
  expect(last).toBe(2 * transactions);
  const file = join(directory, 'hoist.db');
  const copy = { database: readFileSync(file), log: readFileSync(`${file}-wal`) };
  writer.database.close();
  return copy;
}

const value = (database: DatabaseSync, sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];

/** Throws unless the queue is whole; answers how many transactions are in it. */
function proveWhole(database: DatabaseSync): number {
  expect(value(database, 'PRAGMA integrity_check')).toBe('ok');
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const ids = database.prepare('SELECT id, state FROM jobs ORDER BY id').all();
  expect(ids).toEqual(ids.map((_, index) => expect.objectContaining({ id: index + 1, state: 'completed' })));
  const count = ids.length;
  expect(value(database, 'SELECT last_job FROM journal')).toBe(count);
  expect(value(database, 'SELECT last_revision FROM journal')).toBe(2 * count);
  expect(value(database, 'SELECT count(*) FROM timeline')).toBe(2 * count);
  for (const table of ['tallies', 'batch_tallies']) {
    expect(value(database, `SELECT coalesce(sum(jobs), 0) FROM ${table}`)).toBe(count);
  }
  expect(value(database, `SELECT count(*) FROM job_names WHERE job_names MATCH '"img"'`)).toBe(count);
  return count;
}

/** What a power cut may leave of a log: it ends anywhere, and what comes after its end may be anything. */
function* tornLogs(log: Buffer, cuts: number): Generator<Buffer> {
  let seed = 12345;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  for (let cut = 0; cut < cuts; cut += 1) {
    const end = cut % 2 === 0 ? Math.floor((log.length * cut) / cuts) : Math.floor(random() * log.length);
    const garbage =
      cut % 3 === 0 ? Buffer.from(Array.from({ length: 8192 }, () => random() * 256)) : Buffer.alloc(0);
    yield Buffer.concat([log.subarray(0, end), garbage]);
  }
  yield log;
}

it('opens with a gap-free beginning of its history wherever the log was torn', () => {
  const { database, log } = writeHistory(journals.directory());
  const beginnings = new Set<number>();
  const directory = journals.directory();
  const file = join(directory, 'hoist.db');
  for (const torn of tornLogs(log, 300)) {
    writeFileSync(file, database);
    writeFileSync(`${file}-wal`, torn);
    const opened = openDatabase({ directory, now: 1, isReopening: false, maxPages: null }, createWriter);
    // Where not even its beginning is left, nobody knows what was in it: that is told, and the log is kept.
    const isReadable = torn.length < 32 || torn.subarray(0, 4).equals(log.subarray(0, 4));
    expect(opened.report).toEqual({
      openedAs: 'unclean',
      movedAside: isReadable ? null : expect.stringMatching(/-wal$/),
      reason: isReadable ? null : expect.stringContaining('log'),
    });
    beginnings.add(proveWhole(opened.database));
    opened.database.close();
  }
  expect(Math.max(...beginnings)).toBe(transactions);
  expect(Math.min(...beginnings)).toBe(0);
  expect(beginnings.size).toBeGreaterThan(transactions / 2);
});

it('goes on after a torn log as if nothing had been', async () => {
  const from = journals.directory();
  const { database, log } = writeHistory(from);
  const directory = journals.directory();
  const file = join(directory, 'hoist.db');
  writeFileSync(file, database);
  writeFileSync(`${file}-wal`, log.subarray(0, Math.floor(log.length / 2)));
  const journal = await journals.open({ directory });
  const { all } = await journal.counts({});
  expect(all).toBeGreaterThan(0);
  expect(all).toBeLessThan(transactions);
  const [added] = await journal.enqueue([newFile('/photos/next.jpg')]);
  expect(added).toMatchObject({ outcome: 'added', job: { id: all + 1, revision: 2 * all + 1 } });
  await journal.close();
});

it('leaves nothing in the search of a name that a job no longer has, or of a job that is gone', () => {
  const writer = ownWriter(journals.directory());
  const file = newFile('/a/first.jpg');
  const found = (text: string) =>
    value(writer.database, `SELECT count(*) FROM job_names WHERE job_names MATCH '"${text}"'`);
  const [added] = writer.transact(() => writer.calls.enqueue(1, [[rows.encodeNew(file), false, []]]));
  if (added?.[0] !== 'added') throw new Error('Not added');
  const [, id, revision, generation] = added;
  const job = newJob(file, { id, revision, generation, now: 1 });
  const renamed = { ...inState(job, stateNamed('canceled')), path: '/a/second.jpg', name: 'second.jpg' };
  writer.transact(() => writer.calls.save([[rows.encode(renamed), []]]));
  expect([found('fir'), found('sec')]).toEqual([0, 1]);
  writer.transact(() => writer.calls.remove([id]));
  expect(found('sec')).toBe(0);
  writer.close();
});
