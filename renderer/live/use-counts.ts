import { useMemo } from 'react';
import type { JobFilter, QueueCounts } from '#shared/ipc.ts';
import { useFollowed } from './use-followed.ts';
import { useWindow } from './window-context.tsx';

/**
 * How many jobs of a filter stand where, fresh at most twice a second; null until it is known. `filter` must be the same
 * object while it means the same; null asks for nothing.
 */
export function useCounts(filter: JobFilter | null): QueueCounts | null {
  const { api } = useWindow();
  return useFollowed(useMemo(() => (filter === null ? null : () => api.countJobs(filter)), [api, filter]));
}
