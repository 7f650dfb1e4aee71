/** What lists ask: pages, counts, ids that match, timelines, changes. Some of it may take a while. */
import type { DatabaseSync } from 'node:sqlite';
import { UploadError } from '#ports/upload-error.ts';
import type { JobFilter, JobQuery } from '#shared/ipc.ts';
import { countJobs, isTallied } from './count-jobs.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { compileFilter, type SqlFilter } from './job-filter.ts';
import { type Slice, SmallSets, type SqlText, sortSql, walkSql } from './job-selection.ts';
import { NameReader } from './names.ts';
import { nearerEnd } from './nearer-end.ts';
import { nameRow, selectJobs } from './read-jobs.ts';
import { allShelves } from './shelf.ts';
import { prepareQuery, QueryCache } from './statement.ts';
import type { ListCalls, Row } from './wire.ts';

const everything: SqlFilter = {
  shelves: allShelves,
  conditions: [],
  parameters: [],
  ids: null,
  batch: null,
  completed: null,
  search: null,
};

export function createListReader(database: DatabaseSync): ListCalls {
  const names = new NameReader(database);
  const queries = new QueryCache(database);
  const sets = new SmallSets(database);
  const whole = prepareQuery(database, `${selectJobs} WHERE id = ?`);
  const entriesOf = prepareQuery(database, 'SELECT entry FROM timeline WHERE job = ? ORDER BY id');
  const lastRevision = prepareQuery(database, 'SELECT last_revision FROM journal');

  const run = ({ sql, parameters }: SqlText) => queries.get(sql).all(...parameters);

  function select(filter: SqlFilter, slice: Slice): readonly Row[] {
    const set = sets.find(filter);
    return run(set === null ? walkSql(filter, slice) : sortSql(filter, set, slice));
  }

  /** Where the tallies know how long the list is, no jump skips more than half of it. */
  function jump(given: JobFilter, filter: SqlFilter, slice: Slice): readonly Row[] {
    if (!isTallied(given)) return select(filter, slice);
    const nearer = nearerEnd(slice, countJobs(given, filter, { sets, queries }).all);
    if (nearer.slice === null) return [];
    const found = select(filter, nearer.slice);
    return nearer.isReversed ? found.toReversed() : found;
  }

  function loadRow(id: number): Row | null {
    const row = whole.get(id);
    return row === undefined ? null : nameRow(row, names);
  }

  const loadRows = (ids: readonly number[]) => ids.map(loadRow).filter((row) => row !== null);

  const calls: ListCalls = {
    page(query) {
      const { limit } = query;
      if (!Number.isSafeInteger(limit) || limit < 1) throw new UploadError('invalid', 'A page has a size.');
      const after = query.cursor === null ? null : readCursor(query, query.cursor);
      const offset = offsetOf(query);
      const filter = compileFilter(query.filter, names);
      if (filter === null) return { rows: [], nextCursor: null };
      const { sort, direction } = query;
      const slice = { sort, direction, after, offset, limit: limit + 1 };
      const found = offset === 0 ? select(filter, slice) : jump(query.filter, filter, slice);
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        rows: loadRows(found.slice(0, limit).map(([, id]) => Number(id))),
        nextCursor:
          last === undefined
            ? null
            : writeCursor(query, { key: last[0] as string | number, id: Number(last[1]) }),
      };
    },
    counts: (filter) => countJobs(filter, compileFilter(filter, names), { sets, queries }),
    matching(given, afterId, limit) {
      const filter = compileFilter(given, names);
      if (filter === null) return [];
      const after = { key: afterId, id: afterId };
      const slice: Slice = { sort: 'added', direction: 'ascending', after, offset: 0, limit };
      return select(filter, slice).map(([, id]) => Number(id));
    },
    timeline: (id) => entriesOf.all(id).map(([entry]) => String(entry)),
    changesSince(revision, limit) {
      const after = { key: revision, id: Number.MAX_SAFE_INTEGER };
      const slice: Slice = { sort: 'updated', direction: 'ascending', after, offset: 0, limit: limit + 1 };
      const found = run(walkSql(everything, slice));
      const isComplete = found.length <= limit;
      const rows = loadRows(found.slice(0, limit).map(([, id]) => Number(id)));
      const newest = isComplete ? lastRevision.get()?.[0] : found[limit - 1]?.[0];
      return { rows, revision: Number(newest ?? revision), isComplete };
    },
  };
  return inSnapshots(database, calls);
}

/** A cursor says where to go on already. */
function offsetOf({ cursor, offset = 0 }: JobQuery): number {
  if (Number.isSafeInteger(offset) && offset >= 0 && (cursor === null || offset === 0)) return offset;
  throw new UploadError('invalid', 'An offset is a whole number, and goes with no cursor.');
}

/** Each call sees one state of the queue, whatever is written meanwhile. */
function inSnapshots(database: DatabaseSync, calls: ListCalls): ListCalls {
  const wrap =
    <Args extends readonly unknown[], Value>(call: (...args: Args) => Value) =>
    (...args: Args): Value => {
      database.exec('BEGIN');
      try {
        return call(...args);
      } finally {
        database.exec('COMMIT');
      }
    };
  return {
    page: wrap(calls.page),
    counts: wrap(calls.counts),
    matching: wrap(calls.matching),
    timeline: wrap(calls.timeline),
    changesSince: wrap(calls.changesSince),
  };
}
