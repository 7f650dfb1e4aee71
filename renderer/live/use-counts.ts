import { useEffect, useState } from 'react';
import type { JobFilter, QueueCounts } from '#shared/ipc.ts';
import { useWindow } from './window-context.tsx';

const pauseMs = 500;

/**
 * How many jobs of a filter stand where, fresh at most twice a second; null until it is known. `filter` must be the same
 * object while it means the same.
 */
export function useCounts(filter: JobFilter): QueueCounts | null {
  const { api, live } = useWindow();
  const [counts, setCounts] = useState<QueueCounts | null>(null);
  useEffect(() => {
    let isClosed = false;
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const ask = () => {
      isStale = true;
      if (timer !== null) return;
      isStale = false;
      api.countJobs(filter).then(
        (answer) => !isClosed && setCounts(answer),
        // Without an engine the window says so itself; what was known stays on the screen.
        () => {},
      );
      timer = setTimeout(() => {
        timer = null;
        if (isStale) ask();
      }, pauseMs);
    };
    ask();
    const leave = live.subscribe((now, before) => {
      if (now.epoch !== before.epoch || now.revision !== before.revision) ask();
    });
    return () => {
      isClosed = true;
      leave();
      if (timer !== null) clearTimeout(timer);
    };
  }, [api, live, filter]);
  return counts;
}
