import type { Api, JobFilter, QueueCounts } from '#shared/ipc.ts';
import { countedFilters, type Selection, subtractCounts } from '../selection.ts';

/** What states the selected jobs are in, asked now. Rejects as the contract does. */
export async function askForCounts(
  api: Pick<Api, 'countJobs'>,
  selection: Selection,
  filter: JobFilter,
): Promise<QueueCounts> {
  const { plus, minus } = countedFilters(selection, filter);
  const [more, less] = await Promise.all([api.countJobs(plus), minus === null ? null : api.countJobs(minus)]);
  return less === null ? more : subtractCounts(more, less);
}
