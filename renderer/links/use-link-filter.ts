import { useCallback, useEffect, useMemo, useState } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import { filterOf, noWish, type Wish } from './link-filter.ts';
import { useToday } from './use-today.ts';

const pauseMs = 200;

export interface LinkFilter {
  readonly wish: Wish;
  /** The same object while it means the same. */
  readonly filter: JobFilter;
  change(part: Partial<Wish>): void;
  clear(): void;
}

/** What the list is narrowed to; a search counts when the typing pauses. */
export function useLinkFilter(): LinkFilter {
  const [wish, setWish] = useState(noWish);
  const search = usePaused(wish.search);
  const today = useToday();
  const { destinationId, date, from, until } = wish;
  const filter = useMemo(
    () => filterOf({ search, destinationId, date, from, until }, today),
    [search, destinationId, date, from, until, today],
  );
  const change = useCallback((part: Partial<Wish>) => setWish((before) => ({ ...before, ...part })), []);
  const clear = useCallback(() => setWish(noWish), []);
  return { wish, filter, change, clear };
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    // What was cleared is cleared at once.
    const timer = setTimeout(() => setPaused(text), text === '' ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
