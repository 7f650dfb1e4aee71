import { useMemo, useRef } from 'react';
import type { QueueCounts } from '#shared/ipc.ts';
import { useFollowed } from './use-followed.ts';
import { useWindow } from './window-context.tsx';

const none: ReadonlyMap<string, QueueCounts> = new Map();

/** How many jobs of each of these destinations stand where, fresh at most twice a second; empty until it is known. */
export function useCountsByDestination(ids: readonly string[]): ReadonlyMap<string, QueueCounts> {
  const { api } = useWindow();
  // The same list may come as another array with each drawing.
  const list = JSON.stringify(ids);
  const ask = useMemo(() => {
    const asked: readonly string[] = JSON.parse(list);
    if (asked.length === 0) return null;
    const countOf = async (destinationId: string) =>
      [destinationId, await api.countJobs({ destinationId })] as const;
    return async () => new Map(await Promise.all(asked.map(countOf)));
  }, [api, list]);
  const newest = useFollowed(ask);
  const last = useRef(none);
  // What is known of some stays true while the list of them changes: nothing goes from the screen for a moment.
  if (newest !== null) last.current = newest;
  return ask === null ? none : last.current;
}
