import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { dataDirError, unusable } from '#ports/data-dir-error.ts';

/**
 * Makes a directory where it is missing, and what is missing above it, for this user only. Throws UploadError
 * `data-dir-unusable` or `disk-full`. One level after the other: asked for all of them at once, Node never comes back
 * from a file system where none can be made (procfs).
 */
export function makeDirectory(directory: string): void {
  try {
    makeLevel(directory);
  } catch (error) {
    throw explain(directory, error);
  }
}

function makeLevel(directory: string): void {
  if (isDirectory(directory)) return;
  const above = dirname(directory);
  if (above !== directory && !isThere(above)) makeLevel(above);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!isDirectory(directory)) throw error;
  }
}

/** Why there can be no directory of this name: what lies there tells it better than the errno. */
function explain(directory: string, error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== 'EEXIST' || path === undefined) return dataDirError(directory, error) ?? error;
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return unusable(directory, isLink ? `${path} is a link that leads nowhere.` : `${path} is a file.`, error);
}

/** A path below a file throws, as no level of it can be made. */
const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
