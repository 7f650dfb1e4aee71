/** The whole queue's speed, what is left, and when it may be done: said only when the speed has been steady. */

import type { Clock } from '#ports/clock.ts';
import type { Queue } from '#queue';
import type { QueueCounts, Throughput } from '#shared/ipc.ts';
import { hasArrived, type JobId } from '#shared/job.ts';
import { remainingMsOf } from './remaining.ts';

const steadyMs = 3000;

export function createThroughput(clock: Clock, queue: Queue) {
  let counts: QueueCounts | null = null;
  /** Which of those that run the counts know as arrived. */
  let arrivedThen: ReadonlySet<JobId> = new Set();
  let movingSince: number | null = null;
  let restingSince: number | null = null;
  return {
    /** Before the whole queue is counted; answers what takes the counts. */
    counting(): (fresh: QueueCounts) => void {
      const arrived = new Set(
        queue.active().flatMap(({ job }) => (hasArrived(job.state.name) ? [job.id] : [])),
      );
      return (fresh) => {
        counts = fresh;
        arrivedThen = arrived;
      };
    },
    read(): Throughput {
      const bytesPerSecond = Math.round(queue.bytesPerSecond());
      const now = clock.monotonic();
      if (bytesPerSecond === 0) {
        restingSince ??= now;
      } else {
        // A moment between two files is no rest.
        const hasRested = restingSince !== null && now - restingSince >= steadyMs;
        if (movingSince === null || hasRested) movingSince = now;
        restingSince = null;
      }
      const filesRemaining = counts === null ? 0 : counts.byTab.active + counts.byTab.waiting;
      const active = queue.active();
      const sent = active.reduce(
        (sum, { job, bytesSent }) => sum + (arrivedThen.has(job.id) ? 0 : bytesSent),
        0,
      );
      // The slowest file goes no faster when the others are done.
      const slowestMs = Math.max(0, ...active.map((live) => remainingMsOf(live) ?? 0));
      const { bytesRemaining: open = 0, bytesArrived = 0 } = counts ?? {};
      const bytesRemaining = Math.max(0, open - bytesArrived - sent);
      const isSteady = bytesPerSecond > 0 && movingSince !== null && now - movingSince >= steadyMs;
      return {
        bytesPerSecond,
        bytesRemaining,
        filesRemaining,
        remainingMs: isSteady
          ? Math.round(Math.max((bytesRemaining / bytesPerSecond) * 1000, slowestMs))
          : null,
      };
    },
  };
}
