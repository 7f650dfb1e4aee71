import type { JobFilter } from '#shared/ipc.ts';
import type { JobId, StateName, UploadJob } from '#shared/job.ts';
import { matches } from './matches.ts';
import { isSelected, type Selection, selectOnly } from './selection.ts';

/** A selection together with the list that it was made in. */
export interface Chosen {
  readonly selection: Selection;
  readonly filter: JobFilter;
  /** Jobs that have changed since are not meant any more (epoch ms). Absent: whatever is chosen when it is done. */
  readonly unchangedSince?: number;
  /** Only jobs in one of these are meant. Absent: in any. */
  readonly states?: readonly StateName[];
}

export const onlyJob = (id: JobId): Chosen => ({ selection: selectOnly([id]), filter: {} });

/** Whether the filter of all that is chosen would find a job; of picked rows it looks in the set, and not along the ids. */
export const covers = ({ selection, filter, ...bounds }: Chosen, job: UploadJob): boolean =>
  isSelected(selection, job.id) &&
  matches(bounds, job) &&
  (selection.kind === 'some' || matches(filter, job));

/** The same as one filter, so that all of it is one request, however much it is: what is asked for is fixed with it. */
export function filterOfChosen({ selection, filter, unchangedSince, states }: Chosen): JobFilter {
  const list: JobFilter =
    selection.kind === 'some'
      ? { ids: [...selection.ids] }
      : selection.except.size === 0
        ? filter
        : { ...filter, exceptIds: [...selection.except] };
  const both = list.states?.filter((name) => states?.includes(name) ?? true) ?? states;
  return {
    ...list,
    ...(both === undefined ? {} : { states: both }),
    ...(unchangedSince === undefined ? {} : { unchangedSince }),
  };
}

/** Whether every job of the list of `narrower` is chosen for sure. */
export function coversAll({ selection, filter }: Chosen, narrower: JobFilter): boolean {
  if (selection.kind === 'some' || selection.except.size > 0) return false;
  const { tab, search, destinationId, watchFolderId, completedAfter } = filter;
  return (
    (tab === undefined || tab === narrower.tab) &&
    (search === undefined || search === narrower.search) &&
    (destinationId === undefined || destinationId === narrower.destinationId) &&
    (watchFolderId === undefined || watchFolderId === narrower.watchFolderId) &&
    (completedAfter === undefined || completedAfter <= (narrower.completedAfter ?? Number.NEGATIVE_INFINITY))
  );
}
