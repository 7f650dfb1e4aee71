import { type BigIntStats, closeSync, constants, lstatSync, openSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IgnoreRules } from './ignore-rules.ts';
import type { Reading } from './known-file.ts';
import { codeOf, ruleOf } from './walk.ts';

/** A file as it is now, and the rule that ignores it; or that none is there; or that nothing can be said of it. */
export type PathReading =
  | { readonly state: 'there'; readonly stat: BigIntStats; readonly rule: string | null }
  | { readonly state: 'missing' }
  | { readonly state: 'unknown' };

interface DirectoryAbove {
  /** It really is where its path says: a link on the way would lead out of the folder. */
  readonly isContained: boolean;
  /** It is not looked at at all. */
  readonly isLeftOut: boolean;
  /** The rule that ignores it, or a directory above it. */
  readonly rule: string | null;
}

/** Reads single paths below a folder, during one look: directories on the way are judged once. */
export class PathReader {
  readonly #root: string;
  readonly #rules: IgnoreRules;
  readonly #directories = new Map<string, DirectoryAbove>();

  constructor(root: string, rules: IgnoreRules) {
    this.#root = root;
    this.#rules = rules;
  }

  /** What is known of a directory from its own path ('' for the folder itself). */
  directory(path: string): DirectoryAbove {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const read = { isContained: this.#isContained(path), ...this.#ruleAt(path) };
    this.#directories.set(path, read);
    return read;
  }

  read(path: string): PathReading {
    const above = this.directory(parentOf(path));
    if (!above.isContained) return { state: 'missing' };
    let stat: BigIntStats | undefined;
    try {
      stat = lstatSync(this.#absolute(path), { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      // ENOTDIR: a file stands where its folder was. Anything else says nothing of the file.
      if (codeOf(error) !== 'ENOTDIR') return { state: 'unknown' };
    }
    if (stat === undefined || stat.isDirectory()) return { state: 'missing' };
    if (above.isLeftOut) return { state: 'unknown' };
    return { state: 'there', stat, rule: above.rule ?? ruleOf(stat, path, this.#rules) };
  }

  /**
   * Opens for reading and closes at once: another program may hold the file, or we may not read it. An errno name, or
   * null where it can be read.
   */
  tryToOpen(path: string): string | null {
    if (!this.directory(parentOf(path)).isContained) return 'ENOENT';
    try {
      // O_NONBLOCK: should a FIFO have taken its place just now, opening it must not wait for a writer.
      const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
      closeSync(openSync(this.#absolute(path), flags));
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  #isContained(path: string): boolean {
    const absolute = this.#absolute(path);
    try {
      return realpathSync.native(absolute).normalize('NFC') === absolute.normalize('NFC');
    } catch {
      return false;
    }
  }

  #ruleAt(path: string): { readonly isLeftOut: boolean; readonly rule: string | null } {
    if (path === '') return { isLeftOut: false, rule: null };
    const above = this.#ruleAt(parentOf(path));
    if (above.isLeftOut || above.rule !== null) return above;
    if (this.#rules.leftOut(path) !== null) return { isLeftOut: true, rule: null };
    return { isLeftOut: false, rule: this.#rules.ofName(path, true) };
  }

  #absolute(path: string): string {
    return path === '' ? this.#root : join(this.#root, path);
  }
}

/** Whether this very file is at the path. In doubt it is: a file that cannot be looked at has not moved. */
export function isAt(absolute: string, reading: Reading): boolean {
  try {
    const stat = lstatSync(absolute, { bigint: true, throwIfNoEntry: false });
    return stat !== undefined && stat.ino === reading.ino && stat.dev === reading.dev;
  } catch {
    return true;
  }
}

function parentOf(path: string): string {
  const parent = dirname(path);
  return parent === '.' ? '' : parent;
}
