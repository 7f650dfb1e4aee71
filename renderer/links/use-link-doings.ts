import { useCallback, useMemo, useRef, useState } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { showDetails } from '../shell/navigation.ts';
import { onlyJob } from '../uploads/chosen.ts';
import { removeJobs } from '../uploads/removal.ts';
import { afterMenus } from './after-menus.ts';
import { copyLinks, defaultFormat } from './copy-link.ts';
import { copySelection } from './copy-selection.ts';
import { everything } from './link-selection.ts';
import type { LinkDoings } from './links-context.tsx';
import { openLink } from './open-link.ts';
import type { ShownRows } from './shown-rows.ts';
import type { LinkSelection } from './use-link-selection.ts';

/** What asks before it is done. */
export type LinkDialog =
  | { readonly name: 'template'; readonly job: UploadJob | null }
  | { readonly name: 'sendAgain'; readonly job: UploadJob }
  | { readonly name: 'removeAll'; readonly at: number };

interface Parts {
  readonly rows: ShownRows;
  readonly filter: JobFilter;
  readonly selection: LinkSelection;
  readonly selected: number;
}

/** The same object as long as the page is there: what it is about is looked up when something is done. */
export function useLinkDoings(parts: Parts): {
  readonly doings: LinkDoings;
  readonly dialog: LinkDialog | null;
  closeDialog(): void;
} {
  const context = useWindow();
  const [dialog, setShown] = useState<LinkDialog | null>(null);
  const latest = useRef(parts);
  latest.current = parts;

  const doings = useMemo<LinkDoings>(() => {
    const { host, live } = context;
    const setDialog = (next: LinkDialog) => afterMenus(() => setShown(next));
    return {
      copy(format) {
        const { selection, selected, filter, rows } = latest.current;
        void copySelection(context, selected > 0 ? selection.selection : everything, filter, rows, format);
      },
      copyOne: (job, format = defaultFormat(live.getState().settings)) =>
        void copyLinks(context, [job.id], format),
      open: (job) => void openLink(context, job),
      details: (job) => showDetails(job.id),
      showInFolder: (job) => void attempt(host.showInFolder?.(job.id) ?? Promise.resolve()),
      sendAgain: (job) => setDialog({ name: 'sendAgain', job }),
      remove() {
        const { selection, selected, filter } = latest.current;
        if (selected === 0) return;
        if (selection.selection.kind === 'all') return setDialog({ name: 'removeAll', at: Date.now() });
        removeJobs(context, { selection: selection.selection, filter }, selected);
        selection.clear();
      },
      removeOne(job) {
        removeJobs(context, onlyJob(job.id), 1);
        latest.current.selection.clear();
      },
      editTemplate: (job) => setDialog({ name: 'template', job }),
    };
  }, [context]);
  return { doings, dialog, closeDialog: useCallback(() => setShown(null), []) };
}
