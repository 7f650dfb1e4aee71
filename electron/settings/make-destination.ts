/** From a draft or a patch to a destination that may be stored. Pure. */
import { isIP } from 'node:net';
import {
  cyberunSchema,
  type Destination,
  type DestinationDraft,
  defaultBaseUrl,
  destinationDraftSchema,
  destinationSchema,
  floraSchema,
  type ProviderKind,
  puploadSchema,
  runflowSchema,
} from '#shared/destination.ts';
import { applyPatch, type Fields } from './apply-patch.ts';
import { invalid, type Problem, problemsOf, wrong } from './invalid.ts';

const fieldsOf: Readonly<Record<ProviderKind, readonly string[]>> = {
  runflow: Object.keys(runflowSchema.shape),
  flora: Object.keys(floraSchema.shape),
  cyberun: Object.keys(cyberunSchema.shape),
  pupload: Object.keys(puploadSchema.shape),
};

/** Destinations of the demo service are made, not stored. */
const reservedPrefix = 'demo-';

/** A new destination under `id`. Throws UploadError `invalid`, one clause per field. */
export function makeDestination(
  draft: DestinationDraft | Fields,
  id: string,
  others: readonly Destination[],
): Destination {
  const head = destinationDraftSchema.safeParse(tidy(draft));
  if (!head.success) throw invalid(problemsOf(head.error));
  const { kind } = head.data;
  const start = { id, kind, baseUrl: defaultBaseUrl[kind], isDemo: false };
  const { id: _id, ...given } = head.data;
  const rules = { known: fieldsOf[kind], fixed: ['kind', 'isDemo'] };
  return parse(applyPatch(start, given, rules), others);
}

/** The destination with some fields changed. Throws UploadError `invalid`, one clause per field. */
export function patchDestination(
  destination: Destination,
  patch: Fields,
  others: readonly Destination[],
): Destination {
  const rules = { known: fieldsOf[destination.kind], fixed: ['id', 'kind', 'isDemo'] };
  const patched = applyPatch(destination, tidy(patch), rules);
  return parse({ baseUrl: defaultBaseUrl[destination.kind], ...patched }, others);
}

/** Names are compared as people read them: in any case, in any Unicode form. */
export const isSameName = (a: string, b: string): boolean => fold(a) === fold(b);
const fold = (name: string) => name.normalize('NFC').toLowerCase();

function parse(value: Fields, others: readonly Destination[]): Destination {
  const parsed = destinationSchema.safeParse(value);
  if (!parsed.success) throw invalid(problemsOf(parsed.error));
  const problems = [...nameProblems(parsed.data, others), ...addressProblems(parsed.data)];
  if (problems.length > 0) throw invalid(problems);
  return parsed.data;
}

function nameProblems({ id, name }: Destination, others: readonly Destination[]): readonly Problem[] {
  if (fold(name).startsWith(reservedPrefix)) {
    return [wrong('name', `Names that begin with ${reservedPrefix} belong to the demo service.`)];
  }
  const twin = others.find((other) => other.id !== id && isSameName(other.name, name));
  return twin === undefined ? [] : [wrong('name', `There is a destination ${twin.name} already.`)];
}

/** A key must not travel in the open; Pupload has none, and lives on private networks. */
function addressProblems({ kind, baseUrl }: Destination): readonly Problem[] {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' || kind === 'pupload' || isLoopback(hostname)) return [];
  return [wrong('baseUrl', 'Use https: over http anybody on the way can read the key.')];
}

function isLoopback(hostname: string): boolean {
  if (hostname === '[::1]' || hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}

/** What typing and pasting add around a name or an address; an empty field is a field not given. */
function tidy<T extends Fields>(fields: T): T {
  const tidied = Object.entries(fields).map(([field, value]) => {
    const text = typeof value === 'string' ? value.trim() : value;
    return [field, text === '' && field !== 'name' ? null : text];
  });
  return Object.fromEntries(tidied) as T;
}
