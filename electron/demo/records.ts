import type { DatabaseSync } from 'node:sqlite';
import type { z } from 'zod';

/** The records of one kind: what a dialect remembers of its reservations, assets and runs. */
export interface Records<T> {
  get(id: string): T | null;
  /** Writes it, new or not; on disk when it returns. */
  put(id: string, value: T): void;
  remove(id: string): void;
  /** Newest first; `before` is the `seq` to go on from. */
  newest(before?: number): Iterable<{ readonly seq: number; readonly value: T }>;
}

/** Keeps values of one shape as JSON in the database, and parses them on the way back. */
export function openRecords<T>(database: DatabaseSync, kind: string, schema: z.ZodType<T>): Records<T> {
  const select = database.prepare('SELECT body FROM records WHERE kind = ? AND id = ?');
  const upsert = database.prepare(
    'INSERT INTO records (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body',
  );
  const remove = database.prepare('DELETE FROM records WHERE kind = ? AND id = ?');
  const parse = (body: unknown) => schema.parse(JSON.parse(String(body)));
  return {
    get(id) {
      const row = select.get(kind, id);
      return row === undefined ? null : parse(row.body);
    },
    put(id, value) {
      upsert.run(kind, id, JSON.stringify(value));
    },
    remove(id) {
      remove.run(kind, id);
    },
    *newest(before = Number.MAX_SAFE_INTEGER) {
      const page = database.prepare(
        'SELECT seq, body FROM records WHERE kind = ? AND seq < ? ORDER BY seq DESC LIMIT 200',
      );
      // In pages, so that no statement stays open while the caller writes.
      for (let cursor = before; ; ) {
        const rows = page.all(kind, cursor);
        for (const row of rows) {
          cursor = Number(row.seq);
          yield { seq: cursor, value: parse(row.body) };
        }
        if (rows.length < 200) return;
      }
    },
  };
}
