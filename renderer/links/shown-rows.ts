import type { JobId, UploadJob } from '#shared/job.ts';
import type { JobListView } from '../live/job-list.ts';

/** The rows of a list as they are on the screen: without those that are being taken out of it. */
export interface ShownRows {
  /** Null until the engine said it. */
  readonly total: number | null;
  at(index: number): UploadJob | undefined;
  /** -1: not here. */
  indexOf(id: JobId): number;
  /** Where a row is in the engine's list. */
  listIndex(index: number): number;
  isHidden(id: JobId): boolean;
}

export function shownRows(
  view: Pick<JobListView, 'total' | 'at' | 'indexOf'>,
  hidden: ReadonlySet<JobId>,
): ShownRows {
  const gaps = [...hidden]
    .map((id) => view.indexOf(id))
    .filter((index) => index !== -1)
    .sort((a, b) => a - b);
  const listIndex = (index: number) => {
    let at = index;
    for (const gap of gaps) {
      if (gap > at) break;
      at++;
    }
    return at;
  };
  return {
    total: view.total === null ? null : Math.max(0, view.total - gaps.length),
    at: (index) => view.at(listIndex(index)),
    indexOf: (id) => {
      const at = hidden.has(id) ? -1 : view.indexOf(id);
      return at === -1 ? -1 : at - gaps.filter((gap) => gap < at).length;
    },
    listIndex,
    isHidden: (id) => hidden.has(id),
  };
}

/** The ids of the rows between two, both included; null where not all of them are here. */
export function heldRange(rows: Pick<ShownRows, 'at'>, one: number, other: number): readonly JobId[] | null {
  const ids: JobId[] = [];
  for (let index = Math.min(one, other); index <= Math.max(one, other); index++) {
    const row = rows.at(index);
    if (row === undefined) return null;
    ids.push(row.id);
  }
  return ids;
}
