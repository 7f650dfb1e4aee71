import { useMemo } from 'react';
import type { JobFilter, QueueCounts } from '#shared/ipc.ts';
import { useCounts } from '../../live/use-counts.ts';
import { countedFilters, isEmpty, type Selection, subtractCounts } from '../selection.ts';

/** What states the selected jobs are in; null until it is known, and where nothing is selected. */
export function useSelectionCounts(selection: Selection, filter: JobFilter): QueueCounts | null {
  const { plus, minus } = useMemo(
    () => (isEmpty(selection) ? { plus: null, minus: null } : countedFilters(selection, filter)),
    [selection, filter],
  );
  const more = useCounts(plus);
  const less = useCounts(minus);
  if (minus === null) return more;
  return more === null || less === null ? null : subtractCounts(more, less);
}
