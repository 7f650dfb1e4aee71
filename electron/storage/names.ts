/** Ids of destinations, folders and batches as numbers. A number is never given twice, and a name is never removed. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { prepareQuery, type Query } from './statement.ts';

export type NameKind = 'destination' | 'folder' | 'batch';

/** Stands for "no folder" and "no batch". */
export const noName = 0;

/** A directory may see any number of batches; only the latest names are kept at hand. */
const cacheLimit = 10_000;

export class NameReader {
  readonly #byText: Query;
  readonly #byNumber: Query;
  readonly #numbers = new Map<string, number>();
  readonly #texts = new Map<number, string>();

  constructor(database: DatabaseSync) {
    this.#byText = prepareQuery(database, 'SELECT number FROM names WHERE kind = ? AND text = ?');
    this.#byNumber = prepareQuery(database, 'SELECT text FROM names WHERE number = ?');
  }

  /** Null for a name that no row has. */
  find(kind: NameKind, text: string): number | null {
    const key = kind + text;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const found = this.#byText.get(kind, text)?.[0];
    if (typeof found !== 'number') return null;
    remember(this.#numbers, key, found);
    return found;
  }

  textOf(number: number): string | null {
    if (number === noName) return null;
    const known = this.#texts.get(number);
    if (known !== undefined) return known;
    const found = this.#byNumber.get(number)?.[0];
    if (typeof found !== 'string') return null;
    remember(this.#texts, number, found);
    return found;
  }

  forget(): void {
    this.#numbers.clear();
    this.#texts.clear();
  }
}

export class NameWriter {
  readonly #reader: NameReader;
  readonly #insert: StatementSync;

  constructor(database: DatabaseSync) {
    this.#reader = new NameReader(database);
    this.#insert = database.prepare('INSERT INTO names (kind, text) VALUES (?, ?)');
  }

  numberOf(kind: NameKind, text: string | null): number {
    if (text === null) return noName;
    return this.#reader.find(kind, text) ?? Number(this.#insert.run(kind, text).lastInsertRowid);
  }

  textOf(number: number): string | null {
    return this.#reader.textOf(number);
  }

  /** After a rollback: what was given out in it is gone. */
  forget(): void {
    this.#reader.forget();
  }
}

function remember<Key, Value>(cache: Map<Key, Value>, key: Key, value: Value): void {
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(key, value);
}
