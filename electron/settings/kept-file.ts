/** Reading a file of which a last good copy is kept: damage is moved aside and told, never deleted. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import type { Notice } from '#ports/host.ts';
import { errnoOf, replaceFile } from './durable-file.ts';

export interface KeptFile<T> {
  readonly path: string;
  /** Null: this text is damaged. */
  readonly parse: (text: string) => T | null;
  /** Epoch ms; names the damaged copy. */
  readonly now: number;
}

export const goodCopyOf = (path: string) => `${path}.good`;

/** The value in the file, else in its good copy, else null (a new file, or both lost). */
export function readKeptFile<T>(file: KeptFile<T>): {
  readonly value: T | null;
  readonly notices: readonly Notice[];
} {
  const text = readText(file.path);
  const value = text === null ? null : file.parse(text);
  if (value !== null) return { value, notices: [] };

  const aside = text === null ? null : moveAside(file.path, file.now);
  const good = readText(goodCopyOf(file.path));
  const restored = good === null ? null : file.parse(good);
  if (good !== null && restored !== null) tryReplace(file.path, good);
  if (aside === null && restored === null) return { value: null, notices: [] };
  return { value: restored, notices: [notice(basename(file.path), aside, restored !== null)] };
}

/** Renames a damaged file to a name of its own and answers that name. */
export function moveAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  let aside = `${path}.damaged-${stamp}`;
  for (let n = 2; existsSync(aside); n += 1) aside = `${path}.damaged-${stamp}-${n}`;
  renameSync(path, aside);
  return basename(aside);
}

/** The text of a file; null where there is none. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The value is known already; where there is no room now, the next save writes it. */
function tryReplace(path: string, text: string): void {
  try {
    replaceFile(path, text);
  } catch {
    // The good copy is still there for the next start.
  }
}

function notice(name: string, aside: string | null, isRestored: boolean): Notice {
  const what = aside === null ? `${name} was missing` : `${name} was damaged and is kept as ${aside}`;
  const then = isRestored ? 'its last good copy was restored' : 'Hoist began with a new one';
  return { level: 'warning', text: `${what}; ${then}.` };
}
