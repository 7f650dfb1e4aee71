/**
 * How large the log may grow before its pages are moved into the file. On a disk with little room that is early: the
 * queue's own log must not be what fills the disk, and a log that has filled it cannot be moved any more.
 */
import { statfsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

const mebi = 1024 * 1024;

/** 16 MiB and half a MiB, in pages of 4 KiB. */
export const roomyLogPages = 4096;
export const tightLogPages = 128;

/** Four times what a log of the usual size takes. */
const roomyBytes = 64 * mebi;
const commitsPerLook = 64;

export function createLogLimit(
  database: DatabaseSync,
  freeBytes: () => number | null,
): { readonly committed: () => void } {
  let commits = 0;
  let pages = roomyLogPages;
  const look = () => {
    const free = freeBytes();
    const wanted = free !== null && free < roomyBytes ? tightLogPages : roomyLogPages;
    if (wanted === pages) return;
    pages = wanted;
    database.exec(`PRAGMA wal_autocheckpoint = ${pages}`);
  };
  look();
  return {
    committed() {
      commits += 1;
      if (commits % commitsPerLook === 0) look();
    },
  };
}

/** For whoever is not root; null where the system does not say. */
export function freeBytesOf(directory: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return null;
  }
}
