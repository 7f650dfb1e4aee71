/** Where the database and what belongs to it lie, and how a file is moved aside and replaced without a crash losing it. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from './make-directory.ts';

export const databaseFile = (directory: string) => join(directory, 'hoist.db');
export const copiesDirectory = (directory: string) => join(directory, 'copies');
const restoringFile = (directory: string) => join(directory, 'hoist.db.restoring');
/** Says that hoist.db must not be used: found damaged, or about to be moved. It survives a crash in between. */
const condemnedFile = (directory: string) => join(directory, 'hoist.db.condemned');

export interface Condemnation {
  readonly kind: 'damaged' | 'newer';
  /** Part of the new name, so that a second try moves to the same place. */
  readonly stamp: string;
  /** A sentence for the user. */
  readonly reason: string;
}

/** "20260131T235959123": sorts by time, and is a file name on every system. */
export const stampOf = (at: number): string => new Date(at).toISOString().replace(/[-:.Z]/g, '');

/** Makes the directory and the file where they are missing, readable for this user only. */
export function prepareFiles(directory: string): void {
  makeDirectory(directory);
  // Only where it is missing: closing a descriptor would drop the locks that this process holds on the file.
  if (!existsSync(databaseFile(directory))) closeSync(openSync(databaseFile(directory), 'a', 0o600));
}

export function condemn(directory: string, condemnation: Condemnation): void {
  if (readCondemnation(directory) !== null) return;
  writeFileSync(condemnedFile(directory), JSON.stringify(condemnation), { mode: 0o600 });
  syncPath(condemnedFile(directory));
  syncPath(directory);
}

/** Damage that was met while the database was in use: the next opening replaces it. `finding` says what was met. */
export function condemnDamaged(directory: string, finding: string, at: number = Date.now()): void {
  condemn(directory, { kind: 'damaged', stamp: stampOf(at), reason: damagedBecause(finding) });
}

export const damagedBecause = (finding: string) => `The file that holds the queue was damaged (${finding}).`;

export function readCondemnation(directory: string): Condemnation | null {
  const file = condemnedFile(directory);
  if (!existsSync(file)) return null;
  try {
    return parseCondemnation(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return parseCondemnation(null);
  }
}

function parseCondemnation(value: unknown): Condemnation {
  const { kind, stamp, reason } = Object(value) as Record<string, unknown>;
  return {
    kind: kind === 'newer' ? 'newer' : 'damaged',
    stamp: typeof stamp === 'string' && /^\w{1,40}$/.test(stamp) ? stamp : 'unknown',
    reason: typeof reason === 'string' ? reason : 'The file that holds the queue was damaged.',
  };
}

/**
 * Moves the database and its log to one side, together and under names that belong together, so that it can still be
 * opened there. The database goes last: where it has gone, all have. Answers where it is; null where there was none.
 */
export function moveAside(directory: string, condemnation: Condemnation): string | null {
  const from = databaseFile(directory);
  const to = `${from}.${condemnation.kind}-${condemnation.stamp}`;
  if (existsSync(to)) return to;
  if (!existsSync(from)) return null;
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(from + ending)) renameSync(from + ending, to + ending);
  }
  syncPath(directory);
  return to;
}

/** In bytes; 0 for a file that is not there. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const logOf = (directory: string) => `${databaseFile(directory)}-wal`;

const logHeaderBytes = 32;

/**
 * The log begins as SQLite's file format says (sqlite.org/fileformat2.html#walformat), or there is none. One that is
 * shorter than its header was cut off before anything was written to it.
 */
export function isLogReadable(directory: string): boolean {
  if (sizeOf(logOf(directory)) < logHeaderBytes) return true;
  const header = Buffer.alloc(4);
  const descriptor = openSync(logOf(directory), 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  // Its last bit says in which byte order the checksums are.
  return (header.readUInt32BE(0) & 0xfffffffe) >>> 0 === 0x377f0682;
}

export function moveLogAside(directory: string, stamp: string): string {
  const to = `${databaseFile(directory)}.damaged-${stamp}-wal`;
  renameSync(logOf(directory), to);
  rmSync(`${databaseFile(directory)}-shm`, { force: true });
  syncPath(directory);
  return to;
}

export function pardon(directory: string): void {
  rmSync(condemnedFile(directory), { force: true });
  syncPath(directory);
}

/** Puts a copy in the place of the database, which was moved away before. */
export function restoreCopy(directory: string, copy: string): void {
  const temporary = restoringFile(directory);
  copyFileSync(copy, temporary);
  syncPath(temporary);
  renameSync(temporary, databaseFile(directory));
  syncPath(directory);
}

const copyName = /^hoist-\d{8}T\d{9}\.db$/;

export const copyFile = (directory: string, at: number): string =>
  join(copiesDirectory(directory), `hoist-${stampOf(at)}.db`);

/** When a copy was made, in epoch ms, as its name says; null for a file of another name. */
export function madeAt(copy: string): number | null {
  const [, day, time] = /hoist-(\d{8})T(\d{9})\.db$/.exec(copy) ?? [];
  if (day === undefined || time === undefined) return null;
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const at = Date.parse(`${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}Z`);
  return Number.isNaN(at) ? null : at;
}

/** Finished copies, newest first. */
export function listCopies(directory: string): readonly string[] {
  const copies = copiesDirectory(directory);
  if (!existsSync(copies)) return [];
  return readdirSync(copies)
    .filter((name) => copyName.test(name))
    .sort()
    .reverse()
    .map((name) => join(copies, name));
}

/** A rename and a new file are only sure when their directory is on the medium too. Not every system lets one do so. */
export function syncPath(path: string): void {
  try {
    const descriptor = openSync(path, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const isUnsupported = process.platform === 'win32' || path === dirname(path);
    if (!isUnsupported) throw error;
  }
}
