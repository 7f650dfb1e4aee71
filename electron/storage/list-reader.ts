/** What lists ask: pages, counts, ids that match, timelines, changes. Some of it may take a while. */
import type { DatabaseSync } from 'node:sqlite';
import { UploadError } from '#ports/upload-error.ts';
import { countJobs } from './count-jobs.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { compileFilter, type SqlFilter } from './job-filter.ts';
import { type Slice, SmallSets, type SqlText, sortSql, walkSql } from './job-selection.ts';
import { NameReader } from './names.ts';
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
      const filter = compileFilter(query.filter, names);
      if (filter === null) return { rows: [], nextCursor: null };
      const found = select(filter, { sort: query.sort, direction: query.direction, after, limit: limit + 1 });
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
      return select(filter, { sort: 'added', direction: 'ascending', after, limit }).map(([, id]) =>
        Number(id),
      );
    },
    timeline: (id) => entriesOf.all(id).map(([entry]) => String(entry)),
    changesSince(revision, limit) {
      const after = { key: revision, id: Number.MAX_SAFE_INTEGER };
      const slice: Slice = { sort: 'updated', direction: 'ascending', after, limit: limit + 1 };
      const found = run(walkSql(everything, slice));
      const isComplete = found.length <= limit;
      const rows = loadRows(found.slice(0, limit).map(([, id]) => Number(id)));
      const newest = isComplete ? lastRevision.get()?.[0] : found[limit - 1]?.[0];
      return { rows, revision: Number(newest ?? revision), isComplete };
    },
  };
  return inSnapshots(database, calls);
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
