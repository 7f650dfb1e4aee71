import { useMemo } from 'react';
import type { Api } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { removeWithUndo, useRemovedNames } from '../live/undoable.ts';
import { linkWords as words } from '../words/links.ts';

/** What each removal of this window is about; those that can still be undone have their name among the removed ones. */
const removals = new Map<string, readonly JobId[]>();
/** The engine has let them go; until the list is asked anew they are still in it. */
const gone = new Set<JobId>();
let count = 0;

/** Takes links off the list, at first on the screen only. The files and the assets stay. */
export function removeLinks(api: Api, ids: readonly JobId[], title: string): void {
  const name = `links ${++count}`;
  removals.set(name, ids);
  removeWithUndo({
    name,
    title,
    text: words.removedText,
    async remove() {
      const report = await attempt(api.removeJobs({ ids }));
      if (report !== null) for (const id of ids) gone.add(id);
    },
  });
}

/** What is not to be seen any more. */
export function useRemovedLinks(): ReadonlySet<JobId> {
  const names = useRemovedNames();
  return useMemo(() => {
    const pending = [...removals].flatMap(([name, ids]) => (names.has(name) ? ids : []));
    return new Set([...gone, ...pending]);
  }, [names]);
}
