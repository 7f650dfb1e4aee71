import { useMemo } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import { isTerminal, type JobId, stateNames, type UploadJob } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { removeWithUndo, useRemovedNames } from '../live/undoable.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { uploadsWords as words } from '../words/uploads.ts';
import { type Chosen, covers, coversAll, filterOfChosen } from './chosen.ts';

/** What each open removal takes off the list. */
const hiding = new Map<string, Chosen>();
/** What the engine has let go and when that was asked for (epoch ms); a list shows it until it has asked anew. */
const gone = new Map<JobId, number>();
const ends = stateNames.filter(isTerminal);
let serial = 0;

/** Takes jobs off the list at once; the engine is asked when the toast is gone. `count`: of those that are at their end. */
export function removeJobs(context: WindowContext, asked: Chosen, count: number): void {
  if (count === 0) return;
  // What comes to its end while it can still be undone was not counted, and its link was not seen.
  const unchangedSince = Date.now();
  const chosen: Chosen = { ...asked, unchangedSince, states: ends };
  const name = `uploads.removal-${++serial}`;
  hiding.set(name, chosen);
  removeWithUndo({
    name,
    title: words.removed(count),
    text: words.removedText,
    remove: async () => {
      // One request, and sent at once: a window that goes has no time for another.
      const report = await attempt(context.api.removeJobs(filterOfChosen(chosen)));
      // Those of a large queue are too many to be remembered.
      if (report !== null && chosen.selection.kind === 'some')
        for (const id of chosen.selection.ids) gone.set(id, unchangedSince);
      hiding.delete(name);
    },
  });
}

const openRemovals = (names: ReadonlySet<string>): readonly Chosen[] =>
  [...names].flatMap((name) => hiding.get(name) ?? []);

/** Whether a row is off the list for the moment; null: none is. The same function while it says the same. */
export function useHidden(): ((job: UploadJob) => boolean) | null {
  const names = useRemovedNames();
  return useMemo(() => {
    const open = openRemovals(names);
    if (open.length === 0 && gone.size === 0) return null;
    return (job) =>
      (isTerminal(job.state.name) && job.updatedAt <= (gone.get(job.id) ?? Number.NEGATIVE_INFINITY)) ||
      open.some((chosen) => covers(chosen, job));
  }, [names]);
}

/** Whether open removals hide the whole list of a filter whose jobs are all at their end. */
export function useHidesAll(filter: JobFilter): boolean {
  const names = useRemovedNames();
  const isOfEnded = filter.tab === 'done' || filter.tab === 'failed';
  return isOfEnded && openRemovals(names).some((chosen) => coversAll(chosen, filter));
}
