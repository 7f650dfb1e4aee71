import createIgnore, { type Ignore } from 'ignore';
import { chosenKindsOf } from '#shared/chosen-kinds.ts';
import { formatBytes } from '#shared/failure.ts';
import { builtInIgnore } from './built-in-ignore.ts';

/** What decides whether a file is left out; survives structured clone. */
export interface RuleSource {
  /** gitignore syntax, after the built-in list. */
  readonly ignore: readonly string[];
  readonly minBytes: number | null;
  readonly maxBytes: number | null;
  /** Folders below the root that are not looked at, '/' between parts, and why. */
  readonly leftOut: readonly { readonly directory: string; readonly reason: string }[];
}

/** Rules ready for use. Paths are relative, '/' between parts. A rule is told in words. */
export interface IgnoreRules {
  /** Why this directory is not looked at at all, or null. */
  leftOut(directory: string): string | null;
  /** The rule by which a name is ignored whose parents are not; null if it may pass. */
  ofName(path: string, isDirectory: boolean): string | null;
  /** The rule of the folder's size limits, or null. */
  ofSize(sizeBytes: number): string | null;
  /** All of these for one path, its parents included; without the limits where no size is known. */
  ofPath(path: string, sizeBytes: number | null): string | null;
}

/** Rules are not case-sensitive on any system: a camera writes `IMG.TMP` where a computer writes `img.tmp`. */
const options = { ignoreCase: true };
const reasons = new Map(builtInIgnore.map(({ pattern, reason }) => [pattern, reason]));
const builtInNames = new RegExp(
  `^(?:${builtInIgnore.map(({ pattern }) => nameExpression(pattern)).join('|')})$`,
  'isu',
);

/** More kinds than this are counted, not named. */
const namedKinds = 3;
const notInSubfolders = 'in a subfolder, and only files directly in the folder were chosen';

/** Whoever chose some kinds of file wrote a rule that leaves out all others, and looks for these kinds, not for a `*`. */
function onlyKinds(names: readonly string[]): string {
  const [first = ''] = names;
  if (names.length === 1) return `the rules take only ${first} files`;
  const named = names.length <= namedKinds ? names.slice(0, -1) : names.slice(0, namedKinds - 1);
  const rest = names.length - named.length;
  const last = rest === 1 ? `${names.at(-1)} files` : `${rest} more kinds`;
  return `the rules take only ${named.join(', ')} and ${last}`;
}

/** One gitignore name pattern (`*`, `?`) as a regular expression. */
function nameExpression(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
}

/**
 * Compiles rules. Nearly all names match no built-in pattern, so one expression answers for the whole list and the
 * library is asked only about the rest, and about the folder's own patterns. It remembers each path it was asked about:
 * make new rules for each walk.
 */
export function compileRules(source: RuleSource): IgnoreRules {
  const patterns = source.ignore.map((pattern) => ({ pattern, mark: 'own' }));
  const own = patterns.length === 0 ? null : createIgnore(options).add(patterns);
  let whole: Ignore | null = null;
  const all = () => {
    whole ??= createIgnore(options)
      .add(builtInIgnore.map(({ pattern }) => ({ pattern, mark: 'built-in' })))
      .add(patterns);
    return whole;
  };
  const kinds = chosenKindsOf(source.ignore);
  const notChosen = kinds === null ? null : onlyKinds(kinds.names);
  const leftOut = new Map(source.leftOut.map(({ directory, reason }) => [directory, reason]));

  function ofName(path: string, isDirectory: boolean): string | null {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const matcher = builtInNames.test(name) ? all() : own;
    if (matcher === null) return null;
    const rule = matcher.test(isDirectory ? `${path}/` : path).rule;
    if (rule === undefined) return null;
    if (notChosen !== null && rule.mark === 'own') return isDirectory ? notInSubfolders : notChosen;
    return inWords(rule);
  }

  function ofSize(sizeBytes: number): string | null {
    if (source.minBytes !== null && sizeBytes < source.minBytes)
      return `smaller than ${formatBytes(source.minBytes)}`;
    if (source.maxBytes !== null && sizeBytes > source.maxBytes)
      return `larger than ${formatBytes(source.maxBytes)}`;
    return null;
  }

  function ofPath(path: string, sizeBytes: number | null): string | null {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      const rule = leftOut.get(parent) ?? ofName(parent, true);
      if (rule !== null) return rule;
    }
    return ofName(path, false) ?? (sizeBytes === null ? null : ofSize(sizeBytes));
  }

  return { leftOut: (directory) => leftOut.get(directory) ?? null, ofName, ofSize, ofPath };
}

function inWords(rule: { readonly pattern: string; readonly mark?: string | undefined }): string {
  const reason = rule.mark === 'built-in' ? reasons.get(rule.pattern) : undefined;
  return `${rule.pattern} (${reason ?? 'a rule of this folder'})`;
}
