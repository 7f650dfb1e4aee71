import type { Api } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { JobListQuery, JobListView } from '../../live/job-list.ts';
import type { ActiveRow } from '../list-state.ts';
import type { SeenRows } from './skipped-rows.ts';

/** More ids are not held here; whoever wants more selects all. */
export const longestRange = 10_000;
const pageSize = 1000;

/** Where a row is seen now: with its job, wherever updates brought it; where that is not here, at its last place. */
export function rowNow(
  { id, row }: ActiveRow,
  view: Pick<JobListView, 'indexOf'>,
  seen: Pick<SeenRows, 'seenAt'>,
): number {
  const place = id === null ? -1 : view.indexOf(id);
  return place === -1 ? row : seen.seenAt(place);
}

/** The ids of seen rows from `from` to `to`, both included, in any order: from what is here, else asked for. */
export async function rangeIds(
  api: Api,
  query: JobListQuery,
  view: JobListView,
  seen: SeenRows,
  from: number,
  to: number,
  hides: ((job: UploadJob) => boolean) | null,
): Promise<readonly JobId[] | null> {
  const first = seen.placeOf(Math.min(from, to));
  const last = seen.placeOf(Math.max(from, to));
  if (last - first + 1 > longestRange) return null;
  const rows = rowsHere(view, first, last) ?? (await askForRows(api, query, first, last));
  return rows.filter((job) => hides === null || !hides(job)).map(({ id }) => id);
}

function rowsHere(view: JobListView, first: number, last: number): readonly UploadJob[] | null {
  const rows: UploadJob[] = [];
  for (let place = first; place <= last; place++) {
    const job = view.at(place);
    if (job === undefined) return null;
    rows.push(job);
  }
  return rows;
}

async function askForRows(
  api: Api,
  query: JobListQuery,
  first: number,
  last: number,
): Promise<readonly UploadJob[]> {
  const rows: UploadJob[] = [];
  for (let offset = first; offset <= last; offset += pageSize) {
    const limit = Math.min(pageSize, last - offset + 1);
    const page = await api.listJobs({ ...query, cursor: null, offset, limit });
    rows.push(...page.rows);
  }
  return rows;
}
