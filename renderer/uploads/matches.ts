import type { JobFilter } from '#shared/ipc.ts';
import { tabOfState, type UploadJob } from '#shared/job.ts';

/** Whether the list of a filter would hold a job; for the conditions that the uploads page makes. */
export function matches(filter: JobFilter, job: UploadJob): boolean {
  const { ids, exceptIds, tab, states, destinationId, watchFolderId, search } = filter;
  const { completedAfter, completedBefore, unchangedSince } = filter;
  return (
    (ids === undefined || ids.includes(job.id)) &&
    (exceptIds === undefined || !exceptIds.includes(job.id)) &&
    (tab === undefined || tabOfState[job.state.name] === tab) &&
    (states === undefined || states.includes(job.state.name)) &&
    (destinationId === undefined || job.destinationId === destinationId) &&
    (watchFolderId === undefined || job.watchFolderId === watchFolderId) &&
    (completedAfter === undefined || (job.completedAt !== null && job.completedAt >= completedAfter)) &&
    (completedBefore === undefined || (job.completedAt !== null && job.completedAt < completedBefore)) &&
    (unchangedSince === undefined || job.updatedAt <= unchangedSince) &&
    (search === undefined || job.name.toLowerCase().includes(search.toLowerCase()))
  );
}
