import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RootState } from './protocol.ts';
import { codeOf } from './walk.ts';

/** Which folder, on which device, stands at the path of a watch folder; and whether its volumes are there. */
export class RootDevice {
  readonly #root: string;
  /** `device:inode` as it was when the folder was opened, and as it is now. */
  #before: string | null = null;
  #now: string | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  get inode(): string | null {
    return this.#now;
  }

  load(inode: string): void {
    this.#before = inode;
    this.#now = inode;
  }

  state(): RootState {
    try {
      const stat = lstatSync(this.#root, { bigint: true });
      if (stat.isDirectory()) return { state: 'there', inode: `${stat.dev}:${stat.ino}` };
      return { state: 'away', reason: 'There is no folder at this path any more.' };
    } catch (error) {
      return { state: 'away', reason: awayReason(codeOf(error)) };
    }
  }

  isOnKnownDevice(inode: string): boolean {
    return this.#now === null || deviceOf(inode) === deviceOf(this.#now);
  }

  /**
   * After a walk that found so many files, where so many were known: is this the folder that was known? One that is empty
   * on another device than before is the place where a volume was mounted. One with files in it is the volume under a new
   * device number, or a new one: both are taken.
   */
  trust(files: number, known: number): RootState {
    const root = this.state();
    if (root.state === 'away') return root;
    if (!this.isOnKnownDevice(root.inode) && files === 0 && known > 0) {
      return {
        state: 'away',
        reason: 'The volume of this folder is not there: the folder is empty and on another device.',
      };
    }
    this.#now = root.inode;
    return root;
  }

  /** Whether a missing file was on a volume of its own, mounted below the folder, and that volume is what is missing. */
  isOnLostVolume(path: string, inode: string): boolean {
    if (this.#now === null) return false;
    const device = deviceOf(inode);
    const own = deviceOf(this.#now);
    if (device === own || device === deviceOf(this.#before ?? this.#now)) return false;
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
      const found = deviceAt(join(this.#root, parent));
      if (found !== null) return found === own;
    }
    return true;
  }
}

/** Why a folder cannot be looked at, for people. */
export function awayReason(code: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'The folder is not there.';
  if (code === 'EACCES' || code === 'EPERM') return 'Hoist may not read the folder.';
  return `The folder cannot be read (${code}).`;
}

function deviceOf(inode: string): string {
  return inode.slice(0, inode.indexOf(':'));
}

function deviceAt(absolute: string): string | null {
  try {
    return lstatSync(absolute, { bigint: true }).dev.toString();
  } catch {
    return null;
  }
}
