import { useMemo } from 'react';
import type { JobFilter, QueueCounts } from '#shared/ipc.ts';
import { useCounts } from '../../live/use-counts.ts';
import { countedFilters, type Selection, subtractCounts } from '../selection.ts';

const none: JobFilter = { ids: [] };

/** What states the selected jobs are in; null until it is known. */
export function useSelectionCounts(selection: Selection, filter: JobFilter): QueueCounts | null {
  const { plus, minus } = useMemo(() => countedFilters(selection, filter), [selection, filter]);
  const more = useCounts(plus);
  const less = useCounts(minus ?? none);
  if (more === null || less === null) return null;
  return minus === null ? more : subtractCounts(more, less);
}
