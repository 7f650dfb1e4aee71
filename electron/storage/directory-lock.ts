/** One engine per directory: an exclusive SQLite lock that the system itself drops when the process dies. */
import { chmodSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { dataDirError } from '#ports/data-dir-error.ts';
import { makeDirectory } from './make-directory.ts';
import { describeError, sqliteCode, toUploadError } from './sqlite-error.ts';

export interface DirectoryLock {
  /** Lets the next engine in. A second call does nothing. */
  release(): void;
}

const busy = 5;
const locked = 6;
const notADatabase = 26;

/**
 * Null where another process, or another engine of this one, holds the directory. Throws UploadError
 * `data-dir-unusable` or `disk-full` where the directory cannot be made or locked at all.
 *
 * Nothing but SQLite may open the lock's file: on POSIX systems closing any descriptor of a file drops the process's
 * locks on it.
 */
export function lockDirectory(directory: string): DirectoryLock | null {
  const file = join(directory, 'hoist.lock');
  makeDirectory(directory);
  try {
    return lock(file);
  } catch (error) {
    const code = (sqliteCode(error) ?? 0) & 0xff;
    if (code === busy || code === locked) return null;
    if (code === notADatabase) return lockEmptied(directory, file);
    throw cannotLock(directory, error);
  }
}

/** The file holds nothing, so junk in it is nobody's: a file that somebody has locked is empty. */
function lockEmptied(directory: string, file: string): DirectoryLock | null {
  try {
    truncateSync(file);
    return lock(file);
  } catch (error) {
    if (((sqliteCode(error) ?? 0) & 0xff) === busy) return null;
    throw cannotLock(directory, error);
  }
}

function lock(file: string): DirectoryLock {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // A transaction that never ends and writes nothing: the file stays empty.
    database.exec('BEGIN EXCLUSIVE');
    chmodSync(file, 0o600);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}

const cannotLock = (directory: string, error: unknown) =>
  dataDirError(directory, error) ?? toUploadError(describeError(error, directory));
