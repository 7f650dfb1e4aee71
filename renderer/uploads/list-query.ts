import type { JobFilter, JobSort } from '#shared/ipc.ts';
import type { JobListQuery } from '../live/job-list.ts';
import type { Narrowing, TabName } from '../shell/navigation.ts';

/** The columns that a list can be sorted by. */
export const sortColumns = ['file', 'size', 'state', 'when'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface SortChoice {
  readonly column: SortColumn;
  readonly direction: 'ascending' | 'descending';
}

export const firstSort: SortChoice = { column: 'when', direction: 'descending' };

export function filterOf(tab: TabName, narrowing: Narrowing): JobFilter {
  const { search, destinationId, watchFolderId, completedSince } = narrowing;
  const text = search.trim();
  return {
    ...(tab === 'all' ? {} : { tab }),
    ...(text === '' ? {} : { search: text.slice(0, 512) }),
    ...(destinationId === null ? {} : { destinationId }),
    ...(watchFolderId === null ? {} : { watchFolderId }),
    ...(completedSince === null ? {} : { completedAfter: completedSince }),
  };
}

export const isNarrowed = ({ search, ...others }: Narrowing): boolean =>
  search.trim() !== '' || Object.values(others).some((value) => value !== null);

/** When a row came into the queue; under Done, when it was done. */
export const whenOf = (tab: TabName): 'added' | 'completed' => (tab === 'done' ? 'completed' : 'added');

function sortOf(column: SortColumn, tab: TabName): JobSort {
  switch (column) {
    case 'file':
      return 'name';
    case 'size':
    case 'state':
      return column;
    case 'when':
      return whenOf(tab);
  }
}

export function queryOf(filter: JobFilter, tab: TabName, sort: SortChoice): JobListQuery {
  return { filter, sort: sortOf(sort.column, tab), direction: sort.direction };
}

/** Another press on the same column turns it round; names begin with A, all else with the most or the newest. */
export function nextSort(now: SortChoice, column: SortColumn): SortChoice {
  if (now.column === column) {
    return { column, direction: now.direction === 'ascending' ? 'descending' : 'ascending' };
  }
  return { column, direction: column === 'file' || column === 'state' ? 'ascending' : 'descending' };
}
