/** What SQLite's errors mean to the queue. Errors do not survive the way between threads, so they travel as this. */
import { accessSync, constants } from 'node:fs';
import { dataDirError } from '#ports/data-dir-error.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { FailureCode } from '#shared/failure.ts';
import { databaseFile } from './database-files.ts';
import { freeBytesOf } from './log-limit.ts';

export interface StorageFailure {
  readonly code: Extract<
    FailureCode,
    'disk-full' | 'data-dir-unusable' | 'queue-damaged' | 'internal' | 'invalid' | 'not-found'
  >;
  readonly message: string;
  /** What cannot be used: the directory, or the file that is damaged. */
  readonly path?: string;
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
/** What the directory or the machine will not have, in words. */
const refusals: ReadonlyMap<number, string> = new Map([
  [3, 'You have no permission there'],
  [5, 'Another program holds the file of the queue'],
  [8, 'The file of the queue can only be read'],
  [ioError, 'The disk gave an error'],
  [14, 'A file in it cannot be opened'],
  [23, 'You have no permission there'],
]);
/** SQLITE_IOERR_SHMSIZE: the shared-memory file could not grow, which only a full disk does. */
const shmSize = ioError | (19 << 8);

/** Under this much room an input/output error is taken for a full disk. */
const noRoomBytes = 1024 * 1024;

export function describeError(error: unknown, directory: string): StorageFailure {
  if (error instanceof UploadError) return ofUploadError(error, directory);
  const message = error instanceof Error ? error.message : String(error);
  const errcode = sqliteCode(error);
  if (errcode === null) {
    const refused = dataDirError(directory, error);
    if (refused !== null) return ofUploadError(refused, directory);
    return { code: 'internal', message, isDamage: false, isFatal: false };
  }
  const primary = errcode & 0xff;
  const isFull =
    primary === full || errcode === shmSize || (primary === ioError && !hasRoom(directory, noRoomBytes));
  if (isFull) return { code: 'disk-full', message: '', isDamage: false, isFatal: primary !== full };
  const detail = `SQLite: ${message} (${errcode})`;
  if (primary === corrupt || primary === notADatabase) return damage(directory, detail);
  const isFatal = primary === ioError;
  const refused = isFatal ? null : probe(directory);
  if (refused !== null) return { ...ofUploadError(refused, directory), isFatal };
  const refusal = refusals.get(primary);
  return refusal === undefined
    ? { code: 'internal', message: detail, isDamage: false, isFatal }
    : {
        code: 'data-dir-unusable',
        message: `${refusal}. ${detail}`,
        path: directory,
        isDamage: false,
        isFatal,
      };
}

/** What the file holds cannot be relied on; `finding` says how that was seen. */
export const damage = (directory: string, finding: string): StorageFailure => ({
  code: 'queue-damaged',
  message: finding,
  path: databaseFile(directory),
  isDamage: true,
  isFatal: true,
});

function pathOf({ failure }: UploadError, directory: string): { readonly path?: string } {
  const path = failure.facts.path ?? (failure.code === 'queue-damaged' ? databaseFile(directory) : undefined);
  return path === undefined ? {} : { path };
}

function ofUploadError(error: UploadError, directory: string): StorageFailure {
  const { code } = error;
  const { message } = error.failure;
  const known = (['disk-full', 'data-dir-unusable', 'queue-damaged', 'invalid', 'not-found'] as const).find(
    (other) => other === code,
  );
  return {
    code: known ?? 'internal',
    message,
    ...pathOf(error, directory),
    isDamage: code === 'queue-damaged',
    isFatal: code === 'queue-damaged',
  };
}

export const toUploadError = (failure: StorageFailure): UploadError =>
  new UploadError(
    failure.code,
    failure.message,
    failure.path === undefined ? {} : { facts: { path: failure.path } },
  );

/** The (extended) result code of an error that SQLite gave; null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}

/** SQLite only says that it could not; the directory itself may say why. */
function probe(directory: string): UploadError | null {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return dataDirError(directory, error);
  }
}

function hasRoom(directory: string, bytes: number): boolean {
  return (freeBytesOf(directory) ?? bytes) >= bytes;
}
