/** Small files that must survive a crash at any instant: whole or not there, never half. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

const ownerOnly = 0o600;

/** Puts `text` in the place of the file: temp file, fsync, rename, fsync of the folder. Throws the system's error. */
export function replaceFile(path: string, text: string): void {
  const temp = writeTemp(path, text);
  try {
    renameSync(temp, path);
  } catch (error) {
    rmSync(temp, { force: true });
    throw error;
  }
  syncFolder(path);
}

/** Creates the file unless it is there; of several processes that try at once, one wins. Answers whether this one did. */
export function createFileOnce(path: string, text: string): boolean {
  const temp = writeTemp(path, text);
  try {
    linkOrCopy(temp, path);
    syncFolder(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temp, { force: true });
  }
}

export const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** No room, by whatever limit. */
export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(errnoOf(error) ?? '');

function writeTemp(path: string, text: string): string {
  const temp = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(temp, text, { flag: 'wx', mode: ownerOnly, flush: true });
  } catch (error) {
    rmSync(temp, { force: true });
    throw error;
  }
  return temp;
}

/** A hard link appears whole; where the file system has none, an exclusive copy is the next best. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST' || isDiskFull(error)) throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

/** Makes the new name itself durable. Windows cannot open a folder for that, and does not need it. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
