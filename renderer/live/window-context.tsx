import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { WindowSession } from '../host/window-session.ts';
import { createJobList, type JobList, type JobListQuery, type JobListView } from './job-list.ts';
import type { Live, LiveStore } from './live-store.ts';
import type { OwnCopies } from './own-copies.ts';

export interface WindowContext extends WindowSession {
  readonly live: LiveStore;
  readonly ownCopies: Pick<OwnCopies, 'note' | 'areFresh'>;
  /** Copies what no person asked for just now. */
  readonly copyByItself: WindowSession['host']['copyText'];
}

const Context = createContext<WindowContext | null>(null);

export function WindowProvider({
  value,
  children,
}: {
  readonly value: WindowContext;
  readonly children: ReactNode;
}) {
  return <Context value={value}>{children}</Context>;
}

/** The engine's contract, the host, and the live store of this window. */
export function useWindow(): WindowContext {
  const value = useContext(Context);
  if (value === null) throw new Error('There is no WindowProvider around this.');
  return value;
}

/** A part of what the window knows of the engine. `select` must answer the same value for the same state. */
export function useLive<T>(select: (live: Live) => T): T {
  return useStore(useWindow().live, select);
}

/** The rows of a query, as long as the component is there. `query` must be the same object while it means the same. */
export function useJobList(query: JobListQuery): { readonly list: JobList; readonly view: JobListView } {
  const { api, live } = useWindow();
  const list = useMemo(() => createJobList(api, live, query), [api, live, query]);
  useEffect(() => () => list.close(), [list]);
  return { list, view: useSyncExternalStore(list.subscribe, list.view) };
}
