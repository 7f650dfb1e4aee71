/** The writer in this very thread, for tests that need many databases, or large ones, quickly. */
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../../electron/storage/open-database.ts';
import { createWriter, type Writer } from '../../../electron/storage/writer.ts';

export interface OwnWriter {
  readonly calls: Writer['calls'];
  readonly database: DatabaseSync;
  transact<Value>(work: () => Value): Value;
  /** As after a close of the journal: clean, all in one file. */
  close(): void;
}

export function ownWriter(
  directory: string,
  options: {
    /** Puts something between the writer and its database. */
    readonly wrap?: (database: DatabaseSync) => DatabaseSync;
    readonly afterCommit?: () => void;
  } = {},
): OwnWriter {
  const { wrap = (database) => database, afterCommit = () => {} } = options;
  const made: Writer[] = [];
  const { database } = openDatabase({ directory, now: 0, isReopening: false, maxPages: null }, (opened) => {
    made.push(createWriter(wrap(opened)));
  });
  const [writer] = made;
  if (writer === undefined) throw new Error('The database was opened without a proof.');
  return {
    calls: writer.calls,
    database,
    transact(work) {
      database.exec('BEGIN IMMEDIATE');
      const value = work();
      writer.beforeCommit();
      database.exec('COMMIT');
      afterCommit();
      return value;
    },
    close() {
      database.exec('UPDATE journal SET is_clean = 1; PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}
