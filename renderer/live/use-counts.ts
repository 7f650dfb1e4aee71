import { useEffect, useState } from 'react';
import type { JobFilter, QueueCounts } from '#shared/ipc.ts';
import { followRevisions } from './follow-revisions.ts';
import { useWindow } from './window-context.tsx';

const pauseMs = 500;

/**
 * How many jobs of a filter stand where, fresh at most twice a second; null until it is known. `filter` must be the same
 * object while it means the same; null asks for nothing.
 */
export function useCounts(filter: JobFilter | null): QueueCounts | null {
  const { api, live } = useWindow();
  const [known, setKnown] = useState<{ readonly filter: JobFilter; readonly counts: QueueCounts } | null>(
    null,
  );
  useEffect(() => {
    if (filter === null) return;
    let isClosed = false;
    const ask = () => {
      // Without an engine the window says so itself; what was known stays on the screen.
      api.countJobs(filter).then(
        (counts) => !isClosed && setKnown({ filter, counts }),
        () => {},
      );
    };
    const leave = followRevisions(live, pauseMs, ask);
    return () => {
      isClosed = true;
      leave();
    };
  }, [api, live, filter]);
  // The counts of another filter say nothing of this one.
  return known?.filter === filter ? known.counts : null;
}
