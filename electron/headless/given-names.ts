/**
 * A symlink that was given goes up as the file that it leads to, and its job is called that. Whoever gave it is told of
 * it under the path they gave.
 */
import type { JobId, UploadJob } from '#shared/job.ts';
import type { LedgerEvent } from './follow/ledger.ts';

export interface GivenNames {
  add(id: JobId, path: string): void;
  /** The event under the path that was given. */
  tell(event: LedgerEvent): LedgerEvent;
  nameOf(job: UploadJob): string;
}

export function createGivenNames(): GivenNames {
  const paths = new Map<JobId, string>();
  return {
    add(id, path) {
      paths.set(id, path);
    },
    tell(event) {
      const path = paths.get(event.type === 'row-completed' ? event.job.id : idOf(event));
      if (path === undefined) return event;
      return event.type === 'row-completed'
        ? { ...event, job: { ...event.job, path } }
        : { ...event, ...('path' in event ? { path } : {}) };
    },
    nameOf: (job) => paths.get(job.id)?.split(/[\\/]/).at(-1) ?? job.name,
  };
}

const idOf = (event: Exclude<LedgerEvent, { type: 'row-completed' }>): JobId =>
  'jobId' in event ? event.jobId : -1;
