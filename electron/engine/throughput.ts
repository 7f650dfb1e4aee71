/** The whole queue's speed, what is left, and when it may be done: said only when the speed has been steady. */

import type { Clock } from '#ports/clock.ts';
import type { Queue } from '#queue';
import type { QueueCounts, Throughput } from '#shared/ipc.ts';

const steadyMs = 3000;

export function createThroughput(clock: Clock, queue: Queue) {
  let counts: QueueCounts | null = null;
  let movingSince: number | null = null;
  return {
    /** Fresh counts of the whole queue. */
    counted(fresh: QueueCounts): void {
      counts = fresh;
    },
    read(): Throughput {
      const bytesPerSecond = Math.round(queue.bytesPerSecond());
      const now = clock.monotonic();
      if (bytesPerSecond === 0) movingSince = null;
      else movingSince ??= now;
      const filesRemaining = counts === null ? 0 : counts.byTab.active + counts.byTab.waiting;
      const active = queue.active();
      const sent = active.reduce((sum, live) => sum + live.bytesSent, 0);
      // The slowest file goes no faster when the others are done.
      const slowestMs = Math.max(0, ...active.map(restMs));
      const bytesRemaining = Math.max(0, (counts?.bytesRemaining ?? 0) - sent);
      const isSteady = movingSince !== null && now - movingSince >= steadyMs;
      return {
        bytesPerSecond,
        bytesRemaining,
        filesRemaining,
        remainingMs:
          isSteady && bytesPerSecond > 0
            ? Math.round(Math.max((bytesRemaining / bytesPerSecond) * 1000, slowestMs))
            : null,
      };
    },
  };
}

/** How long one file goes on at its own speed, ms; 0 where that is not known. */
function restMs({ job, bytesSent, bytesPerSecond }: ReturnType<Queue['active']>[number]): number {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return 0;
  return (Math.max(0, job.file.sizeBytes - bytesSent) / bytesPerSecond) * 1000;
}
