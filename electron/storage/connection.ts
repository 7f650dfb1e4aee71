/** One way to open a database file, for every thread. */
import { DatabaseSync } from 'node:sqlite';
import { roomyLogPages } from './log-limit.ts';

/** Before it, two connections could damage a WAL database while the log was reset (sqlite.org/wal.html#walresetbug). */
const oldestSqlite = [3, 51, 3] as const;

const mebi = 1024 * 1024;

/** Throws where this runtime brings a SQLite with the WAL-reset bug. */
export function assertSqliteVersion(version: string | undefined = process.versions.sqlite): void {
  const parts = (version ?? '').split('.').map(Number);
  for (const [index, oldest] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest || Number.isNaN(part)) {
      throw new Error(`SQLite ${version ?? 'of unknown version'} is older than ${oldestSqlite.join('.')}`);
    }
  }
}

/**
 * The only connection that writes. A commit is on the medium when it returns: synchronous=FULL, and fullfsync where the
 * system would else only promise it (macOS). How far the log may grow: see log-limit.ts.
 */
export function openForWriting(file: string, options: { readonly maxPages?: number } = {}): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;');
    const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
    if (mode !== 'wal') throw new Error(`The file system allows no write-ahead log (${String(mode)}).`);
    database.exec(
      `PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1;
       PRAGMA journal_size_limit = ${64 * mebi}; PRAGMA wal_autocheckpoint = ${roomyLogPages}; PRAGMA cache_size = -32768;`,
    );
    if (options.maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000, readOnly: true });
  try {
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
