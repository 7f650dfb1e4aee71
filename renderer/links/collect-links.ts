import type { Api, JobFilter } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';

const pageSize = 500;
/** More lines than this are of no use to whoever pastes them, and some services are asked once for each. */
export const mostLinks = 10_000;

export interface CollectedLinks {
  /** The newest first. */
  readonly ids: readonly JobId[];
  /** There are more. */
  readonly isCut: boolean;
}

/** The ids of all that a filter finds without `except`, a page at a time. Rejects as the contract does. */
export async function collectLinks(
  api: Pick<Api, 'listJobs'>,
  filter: JobFilter,
  except: ReadonlySet<JobId> = new Set(),
  limit = mostLinks,
): Promise<CollectedLinks> {
  const ids: JobId[] = [];
  let cursor: string | null = null;
  do {
    const { rows, nextCursor } = await api.listJobs({
      filter,
      sort: 'completed',
      direction: 'descending',
      cursor,
      limit: pageSize,
    });
    for (const { id } of rows) if (!except.has(id)) ids.push(id);
    cursor = nextCursor;
  } while (cursor !== null && ids.length <= limit);
  return { ids: ids.slice(0, limit), isCut: ids.length > limit };
}

/**
 * The ids of the rows from `first` to `last` of the list, both included, as they are now. At most `limit` of them, the ones
 * next to `first`.
 */
export async function collectRange(
  api: Pick<Api, 'listJobs'>,
  filter: JobFilter,
  first: number,
  last: number,
  limit = mostLinks,
): Promise<readonly JobId[]> {
  const low = last < first ? Math.max(last, first - limit + 1) : first;
  const high = last < first ? first : Math.min(last, first + limit - 1);
  const ids: JobId[] = [];
  for (let offset = low; offset <= high; offset += pageSize) {
    const { rows } = await api.listJobs({
      filter,
      sort: 'completed',
      direction: 'descending',
      cursor: null,
      offset,
      limit: Math.min(pageSize, high - offset + 1),
    });
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}
