import type { WatchFile } from '#ports/journal.ts';
import { isSameVersion, type KnownFile, type Reading, readingOfRow, rowOf } from './known-file.ts';

/** A known file that is at another path now, and its row as a job or baseline file. */
export interface Origin {
  readonly file: KnownFile;
  readonly row: WatchFile;
}

/** Jobs and baseline files by inode, for those that move. Empty where inodes mean nothing. */
export class OriginIndex {
  readonly #hasStableInodes: boolean;
  readonly #isStillThere: (path: string, reading: Reading) => boolean;
  readonly #byInode = new Map<bigint, KnownFile | readonly KnownFile[]>();

  /** `isStillThere`: asked about a file's own path when the same file seems to be at another one. */
  constructor(hasStableInodes: boolean, isStillThere: (path: string, reading: Reading) => boolean) {
    this.#hasStableInodes = hasStableInodes;
    this.#isStillThere = isStillThere;
  }

  /** The job or baseline row whose very file is now at `path`, its own path having lost it. */
  find(folderId: string, path: string, reading: Reading): Origin | null {
    const candidates = this.#byInode.get(reading.ino);
    if (candidates === undefined) return null;
    for (const file of 'path' in candidates ? [candidates] : candidates) {
      const row = file.before ?? rowOf(folderId, file);
      if (file.path === path || !isSameVersion(readingOfRow(row), reading, true)) continue;
      if (file.departedAt !== null || !this.#isStillThere(file.path, reading)) return { file, row };
    }
    return null;
  }

  remember(file: KnownFile): void {
    if (!this.#hasStableInodes || (file.fileClass !== 'job' && file.fileClass !== 'baseline')) return;
    const others = this.#byInode.get(file.ino);
    if (others === undefined) this.#byInode.set(file.ino, file);
    else this.#byInode.set(file.ino, 'path' in others ? [others, file] : [...others, file]);
  }

  forget(file: KnownFile): void {
    const ino = file.before === null ? file.ino : readingOfRow(file.before).ino;
    const others = this.#byInode.get(ino);
    if (others === file) this.#byInode.delete(ino);
    else if (others !== undefined && !('path' in others)) {
      const rest = others.filter((other) => other !== file);
      if (rest.length > 0) this.#byInode.set(ino, rest);
      else this.#byInode.delete(ino);
    }
  }
}
