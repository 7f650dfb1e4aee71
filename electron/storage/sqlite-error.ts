/** What SQLite's errors mean to the queue. Errors do not survive the way between threads, so they travel as this. */
import { statfsSync } from 'node:fs';
import { UploadError } from '#ports/upload-error.ts';
import type { FailureCode } from '#shared/failure.ts';

export interface StorageFailure {
  readonly code: Extract<FailureCode, 'disk-full' | 'internal' | 'invalid' | 'not-found'>;
  readonly message: string;
  /** The file itself is damaged: what it says cannot be relied on. */
  readonly isDamage: boolean;
  /** The connection is in doubt and must be opened anew. */
  readonly isFatal: boolean;
}

// Primary result codes: sqlite.org/rescode.html. The lower byte of an extended code is its primary code.
const ioError = 10;
const corrupt = 11;
const full = 13;
const notADatabase = 26;
/** SQLITE_IOERR_SHMSIZE: the shared-memory file could not grow, which only a full disk does. */
const shmSize = ioError | (19 << 8);

/** Under this much room an input/output error is taken for a full disk. */
const noRoomBytes = 1024 * 1024;

export function describeError(error: unknown, directory: string): StorageFailure {
  if (error instanceof UploadError) return ofUploadError(error);
  const message = error instanceof Error ? error.message : String(error);
  const errcode = sqliteCode(error);
  if (errcode === null) return { code: 'internal', message, isDamage: false, isFatal: false };
  const primary = errcode & 0xff;
  const isFull =
    primary === full || errcode === shmSize || (primary === ioError && !hasRoom(directory, noRoomBytes));
  if (isFull) return { code: 'disk-full', message: '', isDamage: false, isFatal: primary !== full };
  const isDamage = primary === corrupt || primary === notADatabase;
  return {
    code: 'internal',
    message: `SQLite: ${message} (${errcode})`,
    isDamage,
    isFatal: isDamage || primary === ioError,
  };
}

function ofUploadError(error: UploadError): StorageFailure {
  const { code } = error;
  const isKnown = code === 'disk-full' || code === 'invalid' || code === 'not-found';
  return {
    code: isKnown ? code : 'internal',
    message: error.failure.message,
    isDamage: false,
    isFatal: false,
  };
}

export const toUploadError = (failure: StorageFailure): UploadError =>
  new UploadError(failure.code, failure.message);

/** The (extended) result code of an error that SQLite gave; null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}

function hasRoom(directory: string, bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= bytes;
  } catch {
    return true;
  }
}
