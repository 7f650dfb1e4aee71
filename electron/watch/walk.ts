import { isUtf8 } from 'node:buffer';
import { type BigIntStats, type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { IgnoreRules } from './ignore-rules.ts';

/** What a walk came upon. `rule` is the rule that ignores it, or null. */
export type WalkItem =
  | {
      readonly kind: 'file';
      readonly relativePath: string;
      readonly stat: BigIntStats;
      readonly rule: string | null;
    }
  /** This directory could not be read (an errno name): nothing is known of what is below. */
  | {
      readonly kind: 'unread';
      readonly relativePath: string;
      readonly code: string;
      readonly rule: string | null;
    };

interface Directory {
  readonly relative: string;
  /** Bytes where the name is no valid UTF-8, so that it can still be opened. */
  readonly absolute: string | Buffer;
  /** The rule that ignores the whole directory. */
  readonly rule: string | null;
}

/**
 * Walks everything below `start` ('' for all of it). Never follows a symbolic link, never opens anything but
 * directories, and reads what is in an ignored directory too, because every file that is there must be counted.
 * The files of a directory come by name: people expect them to go up so, and rows that are written in the order of their
 * indexes cost a fraction. Synchronous, for a worker: whoever drives it decides how many items it takes in one go.
 */
export function* walkTree(
  root: string,
  rules: IgnoreRules,
  start = '',
  startRule: string | null = null,
): Generator<WalkItem, void, undefined> {
  const open: Directory[] = [
    { relative: start, absolute: start === '' ? root : join(root, start), rule: startRule },
  ];
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    const names = readNames(directory.absolute);
    if (!Array.isArray(names)) {
      yield { kind: 'unread', relativePath: directory.relative, code: names.code, rule: directory.rule };
      continue;
    }
    names.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const entry of names) {
      const item = visit(directory, entry, rules);
      if (item === null) continue;
      if ('absolute' in item) open.push(item);
      else yield item;
    }
  }
}

function visit(
  directory: Directory,
  entry: Dirent | Dirent<Buffer>,
  rules: IgnoreRules,
): WalkItem | Directory | null {
  const name = nameOf(entry);
  const relativePath = directory.relative === '' ? name : `${directory.relative}/${name}`;
  const absolute = childOf(directory.absolute, entry.name);
  const isInvalid = typeof entry.name !== 'string' && !isUtf8(entry.name);
  const above = isInvalid ? 'a name that is not valid UTF-8' : directory.rule;
  if (entry.isDirectory()) {
    if (rules.leftOut(relativePath) !== null) return null;
    return { relative: relativePath, absolute, rule: above ?? rules.ofName(relativePath, true) };
  }
  let stat: BigIntStats | undefined;
  try {
    stat = lstatSync(absolute, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    const rule = above ?? rules.ofName(relativePath, false);
    return { kind: 'unread', relativePath, code: codeOf(error), rule };
  }
  // Gone, or made a directory, since its folder was read: the next look sees it as it is then.
  if (stat === undefined || stat.isDirectory()) return null;
  return { kind: 'file', relativePath, stat, rule: above ?? ruleOf(stat, relativePath, rules) };
}

/** The rule that ignores one file whose directories are not ignored. */
export function ruleOf(stat: BigIntStats, relativePath: string, rules: IgnoreRules): string | null {
  if (stat.isSymbolicLink()) return 'a symbolic link: links are not followed';
  if (!stat.isFile()) return 'not a regular file';
  return rules.ofName(relativePath, false) ?? rules.ofSize(Number(stat.size));
}

/**
 * The names in a directory: as text, or as bytes where one of them does not survive being text. Checks first that it
 * still is a directory and no link, because reading it would follow one.
 */
function readNames(directory: string | Buffer): (Dirent | Dirent<Buffer>)[] | { readonly code: string } {
  try {
    const stat = lstatSync(directory);
    if (!stat.isDirectory()) return { code: 'ENOTDIR' };
    if (typeof directory === 'string') {
      const entries = readdirSync(directory, { withFileTypes: true });
      if (!entries.some((entry) => entry.name.includes('\uFFFD'))) return entries;
    }
    return readdirSync(directory, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    return { code: codeOf(error) };
  }
}

const slash = Buffer.from('/');

function childOf(directory: string | Buffer, name: string | Buffer): string | Buffer {
  // Both are clean already: joining them properly would cost a fifth of the walk.
  if (typeof directory === 'string' && typeof name === 'string') return `${directory}${sep}${name}`;
  // Only a name that cannot be text needs its path in bytes.
  if (typeof directory === 'string' && typeof name !== 'string' && isUtf8(name)) {
    return join(directory, name.toString('utf8'));
  }
  return Buffer.concat([Buffer.from(directory), slash, Buffer.from(name)]);
}

/** The name as text; bytes that are no UTF-8 are written `\xff`. */
function nameOf(entry: Dirent | Dirent<Buffer>): string {
  if (typeof entry.name === 'string') return entry.name;
  if (isUtf8(entry.name)) return entry.name.toString('utf8');
  let text = '';
  for (const byte of entry.name) {
    text +=
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}

/** The errno name of an error of the file system. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'EUNKNOWN';
}
