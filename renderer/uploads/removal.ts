import { useMemo } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import { isTerminal, type UploadJob } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { removeWithUndo, useRemovedNames } from '../live/undoable.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { uploadsWords as words } from '../words/uploads.ts';
import { type Chosen, covers, coversAll, forChosen } from './chosen.ts';

/** What each open removal takes off the list. */
const hiding = new Map<string, Chosen>();
let serial = 0;

/** Takes jobs off the list at once; the engine is asked when the toast is gone. `count`: of those that are at their end. */
export function removeJobs(context: WindowContext, chosen: Chosen, count: number): void {
  if (count === 0) return;
  const name = `uploads.removal-${++serial}`;
  hiding.set(name, chosen);
  removeWithUndo({
    name,
    title: words.removed(count),
    text: words.removedText,
    remove: async () => {
      await attempt(forChosen(context, chosen, (filter) => context.api.removeJobs(filter)));
      hiding.delete(name);
    },
  });
}

/** Whether a row is off the list for the moment; null: none is. The same function while it says the same. */
export function useHidden(): ((job: UploadJob) => boolean) | null {
  const names = useRemovedNames();
  return useMemo(() => {
    const open = [...names].flatMap((name) => hiding.get(name) ?? []);
    if (open.length === 0) return null;
    return (job) => isTerminal(job.state.name) && open.some((chosen) => covers(chosen, job));
  }, [names]);
}

/** Whether open removals hide the whole list of a filter whose jobs are all at their end. */
export function removesAll(filter: JobFilter): boolean {
  const isOfEnded = filter.tab === 'done' || filter.tab === 'failed';
  return isOfEnded && [...hiding.values()].some((chosen) => coversAll(chosen, filter));
}
