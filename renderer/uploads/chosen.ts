import type { JobFilter } from '#shared/ipc.ts';
import type { JobId, StateName, UploadJob } from '#shared/job.ts';
import type { WindowContext } from '../live/window-context.tsx';
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

export const covers = (chosen: Chosen, job: UploadJob): boolean =>
  isMeant(chosen, job) && (chosen.selection.kind === 'some' || matches(chosen.filter, job));

/** Of the jobs that the list of the filter holds. */
const isMeant = (
  { selection, unchangedSince, states }: Chosen,
  { id, updatedAt, state }: UploadJob,
): boolean =>
  isSelected(selection, id) &&
  (unchangedSince === undefined || updatedAt <= unchangedSince) &&
  (states?.includes(state.name) ?? true);

const pageSize = 1000;

/**
 * Does something to all that is chosen: in one request where a filter says it, else a page at a time, so that the ids of a
 * large queue are never all here.
 */
export async function forChosen<T>(
  { api }: Pick<WindowContext, 'api'>,
  chosen: Chosen,
  act: (filter: JobFilter) => Promise<T>,
): Promise<readonly T[]> {
  const { selection, states } = chosen;
  const list = selection.kind === 'some' ? { ids: [...selection.ids] } : chosen.filter;
  const isForAll = chosen.unchangedSince === undefined && states === undefined;
  if (isForAll && (selection.kind === 'some' || selection.except.size === 0)) return [await act(list)];
  const filter = states === undefined ? list : { states, ...list };
  const answers: T[] = [];
  let cursor: string | null = null;
  do {
    // By the order in which they were added, which no action changes.
    const page = await api.listJobs({
      filter,
      sort: 'added',
      direction: 'ascending',
      cursor,
      limit: pageSize,
    });
    const ids = page.rows.filter((job) => isMeant(chosen, job)).map(({ id }) => id);
    if (ids.length > 0) answers.push(await act({ ids }));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return answers;
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
