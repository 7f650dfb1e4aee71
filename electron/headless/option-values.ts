/** From the words of a command line to values. Pure; every refusal is a UsageError that says what would do. */
import { type LinkFormat, linkFormats, templateWords, unknownTemplateWords } from '#shared/asset.ts';
import type { AfterUpload } from '#shared/watch-folder.ts';
import { UsageError } from './usage-error.ts';

const wordList = templateWords.map((word) => `{${word}}`).join(', ');

export type FormatChoice = LinkFormat | { readonly template: string };

/** `link`, `markdown`, …, or a template with at least one known word in braces, and no unknown one. */
export function parseFormat(text: string): FormatChoice {
  const known = linkFormats.find((format) => format === text);
  if (known !== undefined) return known;
  const [unknown] = unknownTemplateWords(text);
  if (unknown !== undefined) throw new UsageError(`--format: {${unknown}} means nothing. Use ${wordList}.`);
  if (/\{\w+\}/.test(text)) return { template: text };
  throw new UsageError(
    `--format ${text}: use ${linkFormats.join(', ')}, or a template such as "{name} {link}".`,
  );
}

/** Null where no format was asked for. */
export const readFormat = (text: string | undefined): FormatChoice | null =>
  text === undefined ? null : parseFormat(text);

export interface EdgeFile {
  readonly edge: string;
  readonly path: string;
}

/** `image=A.jpg`. The first = counts: file names may have one, edges have none. */
export function parseEdge(text: string): EdgeFile {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new UsageError(`--edge ${text}: use EDGE=FILE.`);
  return { edge: text.slice(0, at), path: text.slice(at + 1) };
}

const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** `2s`, `500ms`, `1.5m`, `1h`; a bare number counts seconds. Answers milliseconds. */
export function parseDuration(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)?$/.exec(text);
  if (match === null) throw new UsageError(`${option} ${text}: use a time such as 2s, 500ms or 1m.`);
  return Math.round(Number(match[1]) * (durationUnits[match[2] ?? 's'] ?? 1000));
}

const byteUnits: Readonly<Record<string, number>> = {
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gib: 1024 ** 3,
};

/** `500000000`, `500MB`, `50MiB`. Answers bytes. */
export function parseBytes(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text);
  const unit = byteUnits[(match?.[2] || 'b').toLowerCase()];
  if (match === null || unit === undefined) {
    throw new UsageError(`${option} ${text}: use a size such as 500MB.`);
  }
  return Math.round(Number(match[1]) * unit);
}

export function parseCount(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} ${text}: use a whole number.`);
  return Number(text);
}

export function parsePort(option: string, text: string): number {
  const port = parseCount(option, text);
  if (port > 65_535)
    throw new UsageError(`${option} ${text}: use a port from 1 to 65535, or 0 for a free one.`);
  return port;
}

export function parseChoice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${option} ${text}: use ${choices.join(' or ')}.`);
  return found;
}

/** `keep`, or `move=DIR` (DIR as it was written: a relative one is relative to the watch folder). */
export function parseAfter(text: string): AfterUpload {
  if (text === 'keep') return { kind: 'keep' };
  const directory = /^move=(.+)$/s.exec(text)?.[1];
  if (directory !== undefined) return { kind: 'move', directory };
  throw new UsageError(`--after ${text}: use keep or move=DIR.`);
}

/**
 * A fault of the demo service, `NAME`, `NAME=VALUE` or `NAME=JSON`: numbers and JSON are read as such, a bare name is
 * true, all else is text. What the names and values mean is the demo service's own affair.
 */
export function parseFault(text: string): { readonly name: string; readonly value: unknown } {
  const at = text.indexOf('=');
  if (at === 0) throw new UsageError(`--fault ${text}: use NAME or NAME=VALUE.`);
  if (at === -1) return { name: text, value: true };
  const value = text.slice(at + 1);
  try {
    return { name: text.slice(0, at), value: JSON.parse(value) };
  } catch {
    return { name: text.slice(0, at), value };
  }
}
