import type { BigIntStats } from 'node:fs';
import type { FileClass, WatchFile } from '#ports/journal.ts';
import type { FileVersion } from '#ports/transfer.ts';

/** A file as the worker remembers it. Numbers as the system gives them: text is made only for what travels. */
export interface KnownFile {
  readonly path: string;
  sizeBytes: number;
  mtimeNs: bigint;
  dev: bigint;
  ino: bigint;
  fileClass: FileClass;
  rule: string | null;
  jobId: number | null;
  seenAt: number;
  /** The row of its job, while newer content settles. */
  before: WatchFile | null;
  /** The walk that saw it last. */
  walk: number;
  /** Monotonic time at which it was found gone; null while it is there. */
  departedAt: number | null;
}

/** A version in numbers. */
export interface Reading {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly dev: bigint;
  readonly ino: bigint;
}

export function readingOf(stat: BigIntStats): Reading {
  return { sizeBytes: Number(stat.size), mtimeNs: stat.mtimeNs, dev: stat.dev, ino: stat.ino };
}

export function readingOfRow(row: FileVersion): Reading {
  const [dev = '0', ino = '0'] = row.inode.split(':');
  return { sizeBytes: row.sizeBytes, mtimeNs: BigInt(row.mtimeNs), dev: BigInt(dev), ino: BigInt(ino) };
}

/**
 * Whether two readings are of the same content. The device is left out: its number changes with a reboot or another
 * USB port, and the files of a whole disk must not look new for that. So is the inode where it has no meaning.
 */
export function isSameVersion(a: Reading, b: Reading, hasStableInodes: boolean): boolean {
  return a.sizeBytes === b.sizeBytes && a.mtimeNs === b.mtimeNs && (!hasStableInodes || a.ino === b.ino);
}

export function versionOf(reading: Reading): FileVersion {
  return {
    sizeBytes: reading.sizeBytes,
    mtimeNs: reading.mtimeNs.toString(),
    inode: `${reading.dev}:${reading.ino}`,
  };
}

export function knownFile(row: WatchFile): KnownFile {
  return {
    path: row.relativePath,
    ...readingOfRow(row),
    fileClass: row.fileClass,
    rule: row.rule,
    jobId: row.jobId,
    seenAt: row.seenAt,
    before: null,
    walk: 0,
    departedAt: null,
  };
}

/** A file that was not known: it settles until something else is decided. */
export function newFile(
  path: string,
  reading: Reading,
  seen: { readonly now: number; readonly walk: number },
): KnownFile {
  return {
    path,
    sizeBytes: reading.sizeBytes,
    mtimeNs: reading.mtimeNs,
    dev: reading.dev,
    ino: reading.ino,
    fileClass: 'settling',
    rule: null,
    jobId: null,
    seenAt: seen.now,
    before: null,
    walk: seen.walk,
    departedAt: null,
  };
}

export function rowOf(folderId: string, file: KnownFile): WatchFile {
  return {
    folderId,
    relativePath: file.path,
    ...versionOf(file),
    fileClass: file.fileClass,
    rule: file.rule,
    jobId: file.jobId,
    seenAt: file.seenAt,
  };
}
