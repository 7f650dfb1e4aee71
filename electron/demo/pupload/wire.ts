/** How Pupload writes things down: Go's JSON, Go's times, and three spellings of one structure. */
import { z } from 'zod';
import type { Answer } from '../http/answer.ts';

export type WireDialect = 'A' | 'B' | 'C';

/** The words that changed between the wire dialects. */
export function spellingOf(dialect: WireDialect) {
  return dialect === 'C'
    ? { steps: 'Steps', tasks: 'Tasks', stepState: 'StepState' }
    : { steps: 'Nodes', tasks: 'NodeDefs', stepState: 'NodeState' };
}

/** Go's encoder writes & < > as \u0026 \u003c \u003e: a URL in the raw text is not usable without parsing. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[&<>]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}

export function goAnswer(status: number, value: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${goJson(value)}\n` };
}

const offsetMs = -7 * 3_600_000;

/** RFC 3339 with nine fractional digits and a numeric offset, as Go's time.Time in a zone that is not UTC. */
export function goTime(at: number): string {
  const local = new Date(at + offsetMs).toISOString().slice(0, 23);
  return `${local}456789-07:00`;
}

/** What Go writes for a time that was never set. */
export const zeroTime = '0001-01-01T00:00:00Z';

/** Milliseconds of a Go duration ("1h30m", "90s", "1.5m"); null: not a positive one. */
export function parseGoDuration(text: string): number | null {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  if (!/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount = '0', , unit = ''] of text.matchAll(/(\d+(\.\d+)?)(ms|h|m|s)/g)) {
    total += Number(amount) * (units[unit] ?? 0);
  }
  return total > 0 ? total : null;
}

const names = [
  'Flow',
  'Flows',
  'Tasks',
  'NodeDefs',
  'GlobalStores',
  'ID',
  'Name',
  'Timeout',
  'Stores',
  'DefaultDataWell',
  'DataWells',
  'Steps',
  'Nodes',
  'Edge',
  'Store',
  'Source',
  'Key',
  'Lifetime',
  'Type',
  'Params',
  'Uses',
  'Inputs',
  'Outputs',
  'Flags',
  'Value',
  'Command',
  'Publisher',
  'Image',
  'Description',
  'Required',
  'Exec',
  'Tier',
  'MaxAttempts',
  'Endpoint',
  'BucketName',
  'Location',
  'AccessKey',
  'SecretKey',
  'Secure',
] as const;
const canonical = new Map<string, string>(names.map((name) => [name.toLowerCase(), name]));

/** Go matches field names in any case: gives every known one its own spelling. */
export function canonicalKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      canonical.get(key.toLowerCase()) ?? key,
      canonicalKeys(inner),
    ]),
  );
}

/** An array in Go's eyes: null and absent are empty. */
export function goArray<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}
