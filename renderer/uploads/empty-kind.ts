import type { Narrowing, TabName } from '../shell/navigation.ts';
import { isNarrowed } from './list-query.ts';

/** Why a list has no rows. */
export type EmptyKind =
  /** There is nothing at all. */
  | 'nothing'
  | 'search'
  /** It is narrowed to a destination or folder. */
  | 'narrowed'
  /** Only this tab has none. */
  | 'tab'
  /** Nothing is to be done: all that was given today is up. */
  | 'all-done';

export function emptyKind(
  tab: TabName,
  narrowing: Narrowing,
  counts: { readonly all: number; readonly open: number; readonly doneToday: number },
): EmptyKind {
  if (narrowing.search.trim() !== '') return 'search';
  if (isNarrowed(narrowing)) return 'narrowed';
  if (counts.all === 0) return 'nothing';
  const isOfWork = tab === 'active' || tab === 'waiting';
  return isOfWork && counts.open === 0 && counts.doneToday > 0 ? 'all-done' : 'tab';
}
