/** How far each job ever came: a try that came farther than any before it starts the count of attempts again. */

import type { StoredJob } from '#ports/stored-job.ts';
import { isTerminal, type JobId } from '#shared/job.ts';

/**
 * A try got further than all before it by this much, or it did not: what the buffers of both ends hold differs by some MiB
 * from try to try, and a line that breaks at the same place for ever must not look like progress.
 */
const leastProgressBytes = 8 * 1024 * 1024;

export class ProgressMarks {
  readonly #mostBytes = new Map<JobId, number>();

  get size(): number {
    return this.#mostBytes.size;
  }

  /** The first try sets the mark: only a later one can be better than it. */
  hasProgressed(job: StoredJob, bytesSent: number): boolean {
    const before = this.#mostBytes.get(job.id) ?? 0;
    if (before > 0 && bytesSent < before + leastProgressBytes) return false;
    this.#mostBytes.set(job.id, Math.max(before, bytesSent));
    return before > 0;
  }

  /** What has ended is forgotten. */
  moved(jobs: readonly StoredJob[]): void {
    for (const { id, state } of jobs) if (isTerminal(state.name)) this.#mostBytes.delete(id);
  }
}
