import { useMemo, useRef, useState } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { showDetails } from '../shell/navigation.ts';
import { linkWords as words } from '../words/links.ts';
import { copyLinks, defaultFormat } from './copy-link.ts';
import { copySelection } from './copy-selection.ts';
import { everything } from './link-selection.ts';
import type { LinkDoings } from './links-context.tsx';
import { openLink } from './open-link.ts';
import { removeLinks } from './removed-links.ts';
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
  const [dialog, setDialog] = useState<LinkDialog | null>(null);
  const latest = useRef(parts);
  latest.current = parts;

  const doings = useMemo<LinkDoings>(() => {
    const { api, host, live } = context;
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
        const { selection, selected, rows } = latest.current;
        if (selected === 0) return;
        if (selection.selection.kind === 'all') return setDialog({ name: 'removeAll', at: Date.now() });
        const ids = [...selection.selection.ids];
        const [first] = ids;
        const name = first === undefined ? undefined : rows.at(rows.indexOf(first))?.name;
        selection.clear();
        removeLinks(
          api,
          ids,
          ids.length === 1 && name !== undefined ? words.removedOne(name) : words.removed(ids.length),
        );
      },
      removeOne(job) {
        latest.current.selection.clear();
        removeLinks(api, [job.id], words.removedOne(job.name));
      },
      editTemplate: (job) => setDialog({ name: 'template', job }),
    };
  }, [context]);
  return { doings, dialog, closeDialog: () => setDialog(null) };
}
