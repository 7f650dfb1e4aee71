import { type RefObject, useMemo } from 'react';
import { isTerminal } from '#shared/job.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { defaultFormat } from '../links/copy-link.ts';
import { useWindow } from '../live/window-context.tsx';
import { showDetails, useNavigation } from '../shell/navigation.ts';
import { shell } from '../words/shell.ts';
import { uploadsWords } from '../words/uploads.ts';
import type { Bulk } from './bulk/use-bulk.ts';
import { type Chosen, onlyJob } from './chosen.ts';
import { clearSelection, select, useActiveJob, useListState } from './list-state.ts';
import { removeJobs } from './removal.ts';
import { actionsOf, type RowAction } from './row/row-actions.ts';
import { copyChosen } from './run-bulk.ts';
import { type PlainAction, runRowAction } from './run-row-action.ts';
import { everythingSelected, isEmpty } from './selection.ts';

const words = uploadsWords.commands;

interface Tools {
  readonly bulk: Bulk;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Asks in which format to copy. */
  copyAs(): void;
}

/** What the keys do on this page: to what is selected, else to the row that has the focus. */
export function useUploadsCommands({ bulk, search, copyAs }: Tools): void {
  const context = useWindow();
  const commands = useMemo<readonly Command[]>(() => {
    /** Of what asks the engine for something. */
    const whyNot = () => (context.live.getState().connection === 'connected' ? null : shell.notRunning);
    const activeJob = () => useActiveJob.getState().job;
    const hasSelection = () => !isEmpty(useListState.getState().selection);
    const canDo = (action: RowAction) => {
      const job = activeJob();
      if (job === null) return false;
      return actionsOf(job, { canShowInFolder: context.host.showInFolder !== null }).includes(action);
    };
    const run = (action: PlainAction) => {
      const job = activeJob();
      if (job !== null) void runRowAction(context, action, job);
    };
    const chosen = (): Chosen | null => {
      const job = activeJob();
      const { selection } = useListState.getState();
      if (!isEmpty(selection)) return { ...bulk.chosen, selection };
      return job === null ? null : onlyJob(job.id);
    };
    const hasLink = () => (hasSelection() ? bulk.mayDo('copy') : canDo('copy'));
    return [
      {
        id: 'uploads.search',
        title: words.search,
        group: 'Files',
        keys: ['Mod+F'],
        run: () => search.current?.select(),
      },
      {
        id: 'uploads.copy',
        title: words.copy,
        group: 'Links',
        keys: ['Mod+C'],
        // Text that is marked on the page is what a person wants to copy.
        isEnabled: () => hasLink() && (getSelection()?.isCollapsed ?? true),
        whyNot,
        run: () => {
          const what = chosen();
          if (what !== null) {
            void copyChosen(context, what, defaultFormat(context.live.getState().settings));
          }
        },
      },
      {
        id: 'uploads.copy-as',
        title: words.copyAs,
        group: 'Links',
        keys: ['Mod+Shift+C'],
        isEnabled: hasLink,
        whyNot,
        run: copyAs,
      },
      {
        id: 'uploads.open',
        title: uploadsWords.actions.open,
        group: 'Links',
        keys: ['Enter'],
        isEnabled: () => canDo('open'),
        whyNot,
        run: () => run('open'),
      },
      {
        id: 'uploads.show-in-folder',
        title: words.showInFolder,
        group: 'Files',
        keys: ['Mod+Enter'],
        isEnabled: () => canDo('show-in-folder'),
        whyNot,
        run: () => run('show-in-folder'),
      },
      {
        id: 'uploads.details',
        title: words.details,
        group: 'Selection',
        keys: ['Space'],
        isEnabled: () => activeJob() !== null,
        run: () => {
          const id = activeJob()?.id ?? null;
          showDetails(useNavigation.getState().detailsId === id ? null : id);
        },
      },
      {
        id: 'uploads.select-all',
        title: words.selectAll,
        group: 'Selection',
        keys: ['Mod+A'],
        run: () => select(everythingSelected),
      },
      {
        id: 'uploads.retry',
        title: words.retry,
        group: 'Selection',
        isEnabled: () => hasSelection() && bulk.mayDo('retry'),
        whyNot,
        run: () => void bulk.press('retry'),
      },
      {
        id: 'uploads.remove',
        title: words.remove,
        group: 'Selection',
        keys: ['Delete', 'Backspace'],
        isEnabled: () =>
          hasSelection() ? bulk.mayDo('remove') : isTerminal(activeJob()?.state.name ?? 'queued'),
        whyNot,
        run: () => {
          const job = activeJob();
          if (hasSelection()) void bulk.press('remove');
          else if (job !== null) removeJobs(context, onlyJob(job.id), 1);
        },
      },
      {
        id: 'uploads.clear',
        title: words.clear,
        group: 'Selection',
        keys: ['Escape'],
        isEnabled: hasSelection,
        run: clearSelection,
      },
    ];
  }, [context, bulk, search, copyAs]);
  useCommands(commands);
}
