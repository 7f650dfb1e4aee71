import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type HideableColumn, hiddenAtFirst, hideableColumns } from './list/columns.ts';
import { firstSort, nextSort, type SortChoice, type SortColumn, sortColumns } from './list-query.ts';

interface ViewOptions {
  readonly sort: SortChoice;
  readonly hidden: readonly HideableColumn[];
}

const atFirst: ViewOptions = { sort: firstSort, hidden: hiddenAtFirst };

/** How this person wants the list in this browser; the density is a setting of Hoist. */
export const useViewOptions = create<ViewOptions>()(
  persist(() => atFirst, {
    name: 'hoist.uploads-view',
    merge: (stored) => readViewOptions(stored),
  }),
);

/** What was stored, by this version or another one. */
export function readViewOptions(stored: unknown): ViewOptions {
  if (typeof stored !== 'object' || stored === null) return atFirst;
  const { sort, hidden } = stored as Record<string, unknown>;
  return { sort: readSort(sort), hidden: readHidden(hidden) };
}

function readSort(stored: unknown): SortChoice {
  if (typeof stored !== 'object' || stored === null) return firstSort;
  const { column, direction } = stored as Record<string, unknown>;
  const known = sortColumns.find((name) => name === column);
  if (known === undefined || (direction !== 'ascending' && direction !== 'descending')) return firstSort;
  return { column: known, direction };
}

const readHidden = (stored: unknown): readonly HideableColumn[] =>
  Array.isArray(stored) ? hideableColumns.filter((name) => stored.includes(name)) : hiddenAtFirst;

export function sortBy(column: SortColumn): void {
  useViewOptions.setState(({ sort }) => ({ sort: nextSort(sort, column) }));
}

export function showColumn(column: HideableColumn, isShown: boolean): void {
  useViewOptions.setState(({ hidden }) => {
    const others = hidden.filter((other) => other !== column);
    return { hidden: isShown ? others : [...others, column] };
  });
}
