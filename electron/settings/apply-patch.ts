/** Laying a patch from outside over an entry, field by field. Pure. */
import { invalid, type Problem, wrong } from './invalid.ts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The entry with the patch laid over it, still to be parsed: `null` takes an optional field away (or back to its
 * default), `undefined` leaves it. Throws UploadError `invalid` for fields that do not exist or cannot change.
 */
export function applyPatch(
  entry: Fields,
  patch: Fields,
  rules: { readonly known: readonly string[]; readonly fixed: readonly string[] },
): Fields {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const problems = given.flatMap(([field, value]): readonly Problem[] => {
    if (!rules.known.includes(field)) return [{ field, kind: 'unknown', text: 'There is no such option' }];
    if (rules.fixed.includes(field) && value !== entry[field]) return [wrong(field, 'cannot be changed')];
    return [];
  });
  if (problems.length > 0) throw invalid(problems);
  const removed = new Set(given.filter(([, value]) => value === null).map(([field]) => field));
  const merged = { ...entry, ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(merged).filter(([field]) => !removed.has(field)));
}
