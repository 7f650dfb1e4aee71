import mime from 'mime/lite';
import { type Failure, failure } from '#shared/failure.ts';
import type { DestinationView, KindDescription } from '#shared/ipc.ts';

type Limits = KindDescription['limits'];

/** Files of one destination's refusal, with what is wrong with the first of them. */
export interface Refusal {
  readonly failure: Failure;
  readonly files: number;
  readonly example: string;
}

interface Judged {
  readonly name: string;
  readonly size: number;
}

const noLimits: Limits = { minBytes: null, maxBytes: null, mimeTypes: null };

/** What is known of a destination's limits without asking its service now. */
export function limitsOf(
  { destination, mimeTypes }: DestinationView,
  kinds: readonly KindDescription[],
): Limits {
  const ofKind = kinds.find(({ kind }) => kind === destination.kind)?.limits ?? noLimits;
  const limits = { ...ofKind, mimeTypes: mimeTypes ?? ofKind.mimeTypes };
  return destination.kind === 'cyberun' ? { ...limits, maxBytes: destination.maxSizeBytes } : limits;
}

/** The types among those that are dragged which it will not take, each once. A file without a type is let pass. */
export function refusedTypes(types: readonly string[], { mimeTypes }: Limits): readonly string[] {
  if (mimeTypes === null) return [];
  return [...new Set(types)].filter((type) => type !== '' && !isAmong(mimeTypes, type));
}

/** Why a destination will not take a file; null: nothing is known that speaks against it. */
export function refusalOf(file: Judged, limits: Limits): Failure | null {
  const { minBytes, maxBytes } = limits;
  if (minBytes !== null && file.size < minBytes) return failure('empty-file', '', { sizeBytes: file.size });
  if (maxBytes !== null && file.size > maxBytes) {
    return failure('too-large', '', { limitBytes: maxBytes, sizeBytes: file.size });
  }
  // By the name, as the engine tells it: systems call the same type by other names, and some files by none.
  const type = mime.getType(file.name) ?? '';
  if (refusedTypes([type], limits).length > 0) return failure('type-refused', '', { type });
  return null;
}

/** The files that it will take, and the others by reason, the commonest first. */
export function judgeFiles<F extends Judged>(
  files: readonly F[],
  limits: Limits,
): { readonly taken: readonly F[]; readonly refusals: readonly Refusal[] } {
  const taken: F[] = [];
  const groups = new Map<string, Refusal>();
  for (const file of files) {
    const reason = refusalOf(file, limits);
    if (reason === null) {
      taken.push(file);
      continue;
    }
    const group = groups.get(reason.code);
    groups.set(
      reason.code,
      group === undefined
        ? { failure: reason, files: 1, example: file.name }
        : { ...group, files: group.files + 1 },
    );
  }
  return { taken, refusals: [...groups.values()].sort((a, b) => b.files - a.files) };
}

/** A list may name whole families: `image/*`. */
const isAmong = (known: readonly string[], type: string): boolean =>
  known.some((entry) =>
    entry.endsWith('/*')
      ? type.startsWith(entry.slice(0, -1))
      : entry === '*' || entry.toLowerCase() === type.toLowerCase(),
  );
