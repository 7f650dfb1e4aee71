import type { JobId, UploadJob } from '#shared/job.ts';
import type { JobListView } from '../live/job-list.ts';
import { seenRows } from '../uploads/list/skipped-rows.ts';

/** The rows of a list as they are on the screen: without those that are being taken out of it. */
export interface ShownRows {
  /** Null until the engine said it. */
  readonly total: number | null;
  at(index: number): UploadJob | undefined;
  /** -1: not here. */
  indexOf(id: JobId): number;
  /** Where a row is in the engine's list. */
  listIndex(index: number): number;
}

export function shownRows(
  view: Pick<JobListView, 'total' | 'at' | 'indexOf' | 'placesWhere'>,
  hides: ((job: UploadJob) => boolean) | null,
): ShownRows {
  const { total } = view;
  const seen = seenRows(total ?? 0, hides === null ? [] : view.placesWhere(hides));
  return {
    total: total === null ? null : seen.count,
    at: (index) => view.at(seen.placeOf(index)),
    indexOf: (id) => {
      const place = view.indexOf(id);
      const job = place === -1 ? undefined : view.at(place);
      return job === undefined || hides?.(job) === true ? -1 : seen.seenAt(place);
    },
    listIndex: seen.placeOf,
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
