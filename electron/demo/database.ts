import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const version = 1;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** A sentence where what was there could not be used: why, and where it is kept. */
  readonly notice: string | null;
}

/**
 * Opens the database of a directory. WAL with synchronous=NORMAL: whatever was answered survives a killed process;
 * only a power cut may take the last moments, which a demo can bear. One that is damaged, wherever in it, or from a newer
 * version is set aside, never deleted, and a new one begins. Throws what the disk says: that is no damage.
 */
export function openDatabase(directory: string): OpenedDatabase {
  const path = join(directory, 'demo.db');
  try {
    return { database: prepare(path), notice: null };
  } catch (error) {
    const why = whyUnusable(error);
    if (why === null) throw error;
    const aside = `${path}.set-aside-${Date.now()}`;
    for (const ending of ['', '-wal', '-shm']) moveIfThere(`${path}${ending}`, `${aside}${ending}`);
    const notice = `The demo service's database could not be used (${why}). It is kept as ${aside}; a new one was begun, so links of earlier uploads to the demo service are dead.`;
    return { database: prepare(path), notice };
  }
}

class Unusable extends Error {}

// sqlite.org/rescode.html: SQLITE_ERROR (a table that should be there is not), SQLITE_CORRUPT, SQLITE_NOTADB.
const damageCodes: ReadonlySet<number> = new Set([1, 11, 26]);

/** Null where the error says nothing of what the file holds. */
function whyUnusable(error: unknown): string | null {
  if (error instanceof Unusable) return error.message;
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return null;
  return damageCodes.has(error.errcode & 0xff) ? error.message : null;
}

function prepare(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;');
    const found = database.prepare('PRAGMA user_version').get()?.user_version;
    if (typeof found !== 'number' || found > version) throw new Unusable('it is of a newer version');
    if (found < version) database.exec(schema);
    const finding = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (finding !== 'ok') throw new Unusable(String(finding).replaceAll('\n', ' ').slice(0, 200));
    for (const table of ['objects', 'records']) database.prepare(`SELECT 1 FROM ${table}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const schema = `
BEGIN;
CREATE TABLE objects (
  bucket TEXT NOT NULL,
  key TEXT NOT NULL,
  file TEXT,               -- null: the bytes are not kept (quota, or an option)
  size INTEGER,            -- null: bodies arrived, none was stored
  type TEXT,
  sha256 TEXT,
  etag TEXT,
  stored_at INTEGER,
  bodies INTEGER NOT NULL, -- whole bodies received, stored or not
  PRIMARY KEY (bucket, key)
) STRICT;
CREATE INDEX objects_by_age ON objects (stored_at) WHERE file IS NOT NULL;
CREATE TABLE records (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE INDEX records_by_age ON records (kind, seq);
PRAGMA user_version = ${version};
COMMIT;`;

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
