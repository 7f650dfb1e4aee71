import { useMemo } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import { isTerminal, type JobId, type UploadJob } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { removeWithUndo, useRemovedNames } from '../live/undoable.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { uploadsWords as words } from '../words/uploads.ts';
import { type Chosen, covers, coversAll, forChosen } from './chosen.ts';

/** What each open removal takes off the list. */
const hiding = new Map<string, Chosen>();
/** What the engine has let go; a list shows it until it has asked anew. */
const gone = new Set<JobId>();
let serial = 0;

/** Takes jobs off the list at once; the engine is asked when the toast is gone. `count`: of those that are at their end. */
export function removeJobs(context: WindowContext, asked: Chosen, count: number): void {
  if (count === 0) return;
  // What comes to its end while it can still be undone was not seen by whoever removed everything.
  const chosen = { ...asked, unchangedSince: Date.now() };
  const name = `uploads.removal-${++serial}`;
  hiding.set(name, chosen);
  removeWithUndo({
    name,
    title: words.removed(count),
    text: words.removedText,
    remove: async () => {
      const reports = await attempt(forChosen(context, chosen, (filter) => context.api.removeJobs(filter)));
      const { selection } = chosen;
      if (reports !== null && selection.kind === 'some') for (const id of selection.ids) gone.add(id);
      hiding.delete(name);
    },
  });
}

/** Whether a row is off the list for the moment; null: none is. The same function while it says the same. */
export function useHidden(): ((job: UploadJob) => boolean) | null {
  const names = useRemovedNames();
  return useMemo(() => {
    const open = [...names].flatMap((name) => hiding.get(name) ?? []);
    if (open.length === 0 && gone.size === 0) return null;
    return (job) =>
      isTerminal(job.state.name) && (gone.has(job.id) || open.some((chosen) => covers(chosen, job)));
  }, [names]);
}

/** Whether open removals hide the whole list of a filter whose jobs are all at their end. */
export function removesAll(filter: JobFilter): boolean {
  const isOfEnded = filter.tab === 'done' || filter.tab === 'failed';
  return isOfEnded && [...hiding.values()].some((chosen) => coversAll(chosen, filter));
}
