/** Prepared statements that answer rows as arrays, which cost half of what objects cost. */
import type { DatabaseSync } from 'node:sqlite';
import type { Row, SqlValue } from './wire.ts';

export interface Query {
  all(...parameters: SqlValue[]): readonly Row[];
  get(...parameters: SqlValue[]): Row | undefined;
}

export function prepareQuery(database: DatabaseSync, sql: string): Query {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return {
    all: (...parameters) => statement.all(...parameters) as unknown as readonly Row[],
    get: (...parameters) => statement.get(...parameters) as unknown as Row | undefined,
  };
}

/** Statements that are made of parts: each is prepared once, the least used make room. */
export class QueryCache {
  readonly #database: DatabaseSync;
  readonly #limit: number;
  readonly #queries = new Map<string, Query>();

  constructor(database: DatabaseSync, limit = 200) {
    this.#database = database;
    this.#limit = limit;
  }

  get(sql: string): Query {
    const known = this.#queries.get(sql);
    const query = known ?? prepareQuery(this.#database, sql);
    this.#queries.delete(sql);
    this.#queries.set(sql, query);
    const oldest = this.#queries.keys().next().value;
    if (this.#queries.size > this.#limit && oldest !== undefined) this.#queries.delete(oldest);
    return query;
  }
}
