/**
 * Two ways to the rows of a filter. A small set (ids that were named, a small batch, a rare search, a day's work) is fetched and
 * sorted. Everything else walks the index of the sort, shelf by shelf and merged, and stops when the page is full; it
 * never sorts.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { JobSort } from '#shared/ipc.ts';
import type { SqlFilter } from './job-filter.ts';
import { trigramQuery } from './name-key.ts';
import { prepareQuery, type Query } from './statement.ts';
import type { SqlValue } from './wire.ts';

/** Up to here a set is fetched and sorted: a few milliseconds. */
export const smallSet = 2000;

export interface SqlText {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export interface SortOrder {
  readonly key: 'id' | 'revision' | 'completed_at' | 'name_key' | 'size_bytes' | 'shelf';
  readonly index: string;
}

/** Added and updated go by the sequences, not by the clock: a clock that was set back shuffles nothing. */
export const sortOrders: Readonly<Record<JobSort, SortOrder>> = {
  added: { key: 'id', index: 'jobs_by_added' },
  updated: { key: 'revision', index: 'jobs_by_updated' },
  completed: { key: 'completed_at', index: 'jobs_by_completed' },
  name: { key: 'name_key', index: 'jobs_by_name' },
  size: { key: 'size_bytes', index: 'jobs_by_size' },
  // A shelf is as good as a state, but for the few jobs that run in this moment.
  state: { key: 'shelf', index: 'jobs_by_added' },
};

export interface Slice {
  readonly sort: JobSort;
  readonly direction: 'ascending' | 'descending';
  readonly after: { readonly key: string | number; readonly id: number } | null;
  /** Rows to skip, of those after `after`. */
  readonly offset: number;
  readonly limit: number;
}

/** SELECT of (key, id) of the rows of a page, in order, along the index of the sort. */
export function walkSql(filter: SqlFilter, slice: Slice): SqlText {
  const { key, index } = sortOrders[slice.sort];
  const order = slice.direction === 'ascending' ? 'ASC' : 'DESC';
  const arms = filter.shelves.flatMap((shelf): readonly SqlText[] => {
    const after = positionOn(shelf, slice);
    if (after === null) return [];
    const conditions = [`shelf = ${shelf}`, ...filter.conditions, ...after.conditions];
    return [
      {
        sql: `SELECT ${key} AS sort_key, id AS job FROM jobs INDEXED BY ${index} WHERE ${conditions.join(' AND ')}`,
        parameters: [...filter.parameters, ...after.parameters],
      },
    ];
  });
  // A cursor of a longer list, past the end of this one.
  if (arms.length === 0) return { sql: 'SELECT 0, 0 LIMIT 0', parameters: [] };
  const orderBy = key === 'id' ? `job ${order}` : `sort_key ${order}, job ${order}`;
  return {
    sql: `${arms.map(({ sql }) => sql).join(' UNION ALL ')} ORDER BY ${orderBy} LIMIT ? OFFSET ?`,
    parameters: [...arms.flatMap(({ parameters }) => parameters), slice.limit, slice.offset],
  };
}

/** Where a page goes on within one shelf, as conditions; null where it is past the whole shelf. */
function positionOn(
  shelf: number,
  { sort, direction, after }: Slice,
): { readonly conditions: readonly string[]; readonly parameters: readonly SqlValue[] } | null {
  if (after === null) return { conditions: [], parameters: [] };
  const { key } = sortOrders[sort];
  const sign = direction === 'ascending' ? '>' : '<';
  if (key === 'id') return { conditions: [`id ${sign} ?`], parameters: [after.id] };
  if (key !== 'shelf')
    return { conditions: [`(${key}, id) ${sign} (?, ?)`], parameters: [after.key, after.id] };
  if (shelf === after.key) return { conditions: [`id ${sign} ?`], parameters: [after.id] };
  const isStillToCome = direction === 'ascending' ? shelf > Number(after.key) : shelf < Number(after.key);
  return isStillToCome ? { conditions: [], parameters: [] } : null;
}

/** The same for a small set, given by a SELECT of ids: each is looked up, whatever an index might promise. */
export function sortSql(filter: SqlFilter, set: SqlText, slice: Slice): SqlText {
  const { key } = sortOrders[slice.sort];
  const isUp = slice.direction === 'ascending';
  const conditions = [
    `id IN (${set.sql})`,
    `shelf IN (${filter.shelves.join(', ')})`,
    ...filter.conditions,
    ...(slice.after === null ? [] : [`(${key}, id) ${isUp ? '>' : '<'} (?, ?)`]),
  ];
  const order = isUp ? 'ASC' : 'DESC';
  return {
    sql: `SELECT ${key}, id FROM jobs NOT INDEXED WHERE ${conditions.join(' AND ')} ORDER BY ${key} ${order}, id ${order} LIMIT ? OFFSET ?`,
    parameters: [
      ...set.parameters,
      ...filter.parameters,
      ...(slice.after === null ? [] : [slice.after.key, slice.after.id]),
      slice.limit,
      slice.offset,
    ],
  };
}

const completedRange = 'shelf = ? AND completed_at >= ? AND completed_at < ?';

export class SmallSets {
  readonly #batchSize: Query;
  readonly #named: Query;
  readonly #completed: Query;

  constructor(database: DatabaseSync) {
    this.#batchSize = prepareQuery(database, 'SELECT sum(jobs) FROM batch_tallies WHERE batch = ?');
    this.#named = prepareQuery(
      database,
      'SELECT count(*) FROM (SELECT rowid FROM job_names WHERE job_names MATCH ? LIMIT ?)',
    );
    this.#completed = prepareQuery(
      database,
      `SELECT count(*) FROM (SELECT id FROM jobs INDEXED BY jobs_by_completed WHERE ${completedRange} LIMIT ?)`,
    );
  }

  /** A SELECT of ids that holds every match of the filter and is small; null where there is none such. */
  find(filter: SqlFilter): SqlText | null {
    if (filter.ids !== null) {
      return { sql: 'SELECT value FROM json_each(?)', parameters: [JSON.stringify(filter.ids)] };
    }
    if (filter.batch !== null && Number(this.#batchSize.get(filter.batch)?.[0] ?? 0) <= smallSet) {
      return {
        sql: 'SELECT id FROM jobs INDEXED BY jobs_of_batch WHERE batch = ? AND batch > 0',
        parameters: [filter.batch],
      };
    }
    const trigrams = filter.search === null ? null : trigramQuery(filter.search);
    if (trigrams !== null && Number(this.#named.get(trigrams, smallSet + 1)?.[0] ?? 0) <= smallSet) {
      return { sql: 'SELECT rowid FROM job_names WHERE job_names MATCH ?', parameters: [trigrams] };
    }
    return filter.completed === null ? null : this.#completedSet(filter.shelves, filter.completed);
  }

  #completedSet(shelves: readonly number[], { from, before }: NonNullable<SqlFilter['completed']>) {
    let jobs = 0;
    for (const shelf of shelves) {
      jobs += Number(this.#completed.get(shelf, from, before, smallSet + 1)?.[0] ?? 0);
      if (jobs > smallSet) return null;
    }
    const ofShelf = `SELECT id FROM jobs INDEXED BY jobs_by_completed WHERE ${completedRange}`;
    return {
      sql: shelves.map(() => ofShelf).join(' UNION ALL '),
      parameters: shelves.flatMap((shelf) => [shelf, from, before]),
    };
  }
}
