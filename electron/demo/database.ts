import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const version = 1;

/**
 * Opens the database of a directory. WAL with synchronous=NORMAL: whatever was answered survives a killed process;
 * only a power cut may take the last moments, which a demo can bear. One that is damaged or from a newer version is
 * set aside, never deleted, and a new one begins.
 */
export function openDatabase(directory: string): DatabaseSync {
  const path = join(directory, 'demo.db');
  try {
    return prepare(path);
  } catch {
    const aside = `${path}.set-aside-${Date.now()}`;
    for (const ending of ['', '-wal', '-shm']) moveIfThere(`${path}${ending}`, `${aside}${ending}`);
    return prepare(path);
  }
}

function prepare(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;');
    const found = database.prepare('PRAGMA user_version').get()?.user_version;
    if (typeof found !== 'number' || found > version) throw new Error('This database is of a newer version.');
    if (found < version) database.exec(schema);
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
