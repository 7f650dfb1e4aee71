import { useEffect, useMemo, useState } from 'react';
import type { QueueCounts } from '#shared/ipc.ts';
import { followRevisions } from './follow-revisions.ts';
import { useWindow } from './window-context.tsx';

const pauseMs = 500;
const none: ReadonlyMap<string, QueueCounts> = new Map();

/** How many jobs of each of these destinations stand where, fresh at most twice a second; empty until it is known. */
export function useCountsByDestination(ids: readonly string[]): ReadonlyMap<string, QueueCounts> {
  const { api, live } = useWindow();
  const [known, setKnown] = useState(none);
  const list = ids.join(' ');
  const asked = useMemo(() => (list === '' ? [] : list.split(' ')), [list]);
  useEffect(() => {
    if (asked.length === 0) return;
    let isClosed = false;
    const ask = () => {
      // Without an engine the window says so itself; what was known stays on the screen.
      Promise.all(
        asked.map(async (destinationId) => [destinationId, await api.countJobs({ destinationId })] as const),
      ).then(
        (counts) => !isClosed && setKnown(new Map(counts)),
        () => {},
      );
    };
    const leave = followRevisions(live, pauseMs, ask);
    return () => {
      isClosed = true;
      leave();
    };
  }, [api, live, asked]);
  return asked.length === 0 ? none : known;
}
