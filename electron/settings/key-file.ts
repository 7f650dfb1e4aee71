/** `hoist.key`: the data key in a file that only its owner may read, for hosts without a keychain. */
import { randomBytes } from 'node:crypto';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '#ports/host.ts';
import { createFileOnce, errnoOf } from './durable-file.ts';
import { moveAside, readText } from './kept-file.ts';
import { dataKeyBytes } from './sealer.ts';

const name = 'hoist.key';
const pathIn = (directory: string) => join(directory, name);

export type KeyFile =
  | { readonly kind: 'key'; readonly key: Uint8Array; readonly notices: readonly Notice[] }
  | { readonly kind: 'missing'; readonly notices: readonly Notice[] }
  /** It is there, or should be, but this process may not read or write it. */
  | { readonly kind: 'closed'; readonly notices: readonly Notice[] };

/** Reads the key; one that is damaged is moved aside and counts as missing. */
export function readKeyFile(directory: string, now: number): KeyFile {
  const path = pathIn(directory);
  try {
    const text = readText(path);
    if (text === null) return { kind: 'missing', notices: [] };
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length === dataKeyBytes) return { kind: 'key', key, notices: tightened(path) };
    const aside = moveAside(path, now);
    return { kind: 'missing', notices: [warn(`${name} was damaged and is kept as ${aside}.`)] };
  } catch (error) {
    return closed(error);
  }
}

/** Reads the key, or makes one. Two processes that do it at once end with the same key. */
export function ensureKeyFile(directory: string, now: number): KeyFile {
  const found = readKeyFile(directory, now);
  if (found.kind !== 'missing') return found;
  try {
    createFileOnce(pathIn(directory), `${randomBytes(dataKeyBytes).toString('base64')}\n`);
  } catch (error) {
    return closed(error);
  }
  const made = readKeyFile(directory, now);
  return { ...made, notices: [...found.notices, ...made.notices] };
}

/** Others could read the key: close the file, and say so, because it may be known already. */
function tightened(path: string): readonly Notice[] {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return [];
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    return [warn(`Other users may read ${name}, and its rights cannot be changed (${errnoOf(error)}).`)];
  }
  return [
    warn(
      `Other users could read ${name}; now only you can. If they might have, replace your services' keys.`,
    ),
  ];
}

function closed(error: unknown): KeyFile {
  const why = errnoOf(error) ?? 'unknown reason';
  return { kind: 'closed', notices: [warn(`${name} cannot be used (${why}).`)] };
}

const warn = (text: string): Notice => ({ level: 'warning', text });
