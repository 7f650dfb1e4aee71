import {
  ArrowUpToLine,
  Ban,
  CircleHelp,
  ClipboardCopy,
  Copy,
  ExternalLink,
  FolderOpen,
  HardDriveUpload,
  Info,
  ListX,
  type LucideIcon,
  Pause,
  Play,
  RotateCcw,
  Send,
  SlidersHorizontal,
} from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { copyFormatEntries, copyLinks } from '../links/copy-link.ts';
import type { WindowContext } from '../live/window-context.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { shell } from '../words/shell.ts';
import { uploadsWords } from '../words/uploads.ts';
import { actionsOf, type RowAction } from './row/row-actions.ts';
import { retryFirst, runRowAction, sendAsNew, sendElsewhere } from './run-row-action.ts';
import { takersOf } from './takers.ts';

const words = uploadsWords.actions;

export const actionIcons: Readonly<Record<RowAction, LucideIcon>> = {
  pause: Pause,
  resume: Play,
  retry: RotateCcw,
  'retry-with': SlidersHorizontal,
  copy: Copy,
  'copy-as': ClipboardCopy,
  open: ExternalLink,
  'show-in-folder': FolderOpen,
  'move-to-top': ArrowUpToLine,
  'send-to': Send,
  'open-destination': HardDriveUpload,
  details: Info,
  explain: CircleHelp,
  'copy-report': ClipboardCopy,
  cancel: Ban,
  remove: ListX,
};

export const actionWords: Readonly<Record<RowAction, string>> = {
  pause: words.pause,
  resume: words.resume,
  retry: words.retry,
  'retry-with': words.retryWith,
  copy: words.copy,
  'copy-as': words.copyAs,
  open: words.open,
  'show-in-folder': words.showInFolder,
  'move-to-top': words.moveToTop,
  'send-to': words.sendTo,
  'open-destination': words.openDestination,
  details: words.details,
  explain: words.explain,
  'copy-report': words.copyReport,
  cancel: words.cancel,
  remove: words.remove,
};

const keys: Partial<Readonly<Record<RowAction, string>>> = {
  copy: 'Mod+C',
  open: 'Enter',
  'show-in-folder': 'Mod+Enter',
  details: 'Space',
  remove: 'Delete',
};

/** Begins a new group of the menu. */
const groupStarts: readonly RowAction[] = ['copy', 'move-to-top', 'details', 'cancel', 'remove'];

/** Everything that can be done with one job. */
export function rowMenu(context: WindowContext, job: UploadJob): readonly MenuEntry[] {
  const actions = actionsOf(job, { canShowInFolder: context.host.showInFolder !== null });
  return actions.flatMap((action, index) => {
    const entry = entryOf(context, job, action);
    if (entry === null) return [];
    const isNewGroup = index > 0 && groupStarts.includes(action) && actions[index - 1] !== 'cancel';
    return isNewGroup ? [{ kind: 'separator' as const }, entry] : [entry];
  });
}

function entryOf(context: WindowContext, job: UploadJob, action: RowAction): MenuEntry | null {
  const shown = { label: labelOf(job, action), icon: actionIcons[action] };
  if (action === 'copy-as') {
    const linkKind = job.state.name === 'completed' ? job.state.asset.linkKind : undefined;
    const { settings } = context.live.getState();
    const copy = (format: Parameters<typeof copyLinks>[2]) => void copyLinks(context, [job.id], format);
    return { kind: 'submenu', ...shown, entries: copyFormatEntries(copy, settings, linkKind) };
  }
  if (action === 'send-to') {
    const entries = sendToMenu(context, job);
    return entries.length === 0 ? null : { kind: 'submenu', ...shown, entries };
  }
  if (action === 'retry-with') return { kind: 'submenu', ...shown, entries: retryMenu(context, job) };
  return {
    kind: 'action',
    ...shown,
    keys: keys[action],
    isDanger: action === 'cancel',
    run: () => void runRowAction(context, action, job),
  };
}

/** The destinations that would take this file. */
export function sendToMenu(context: WindowContext, job: UploadJob): readonly MenuEntry[] {
  return takersOf(job, context.live.getState()).map(({ destination }) => ({
    kind: 'action',
    label: destination.name,
    run: () => void sendElsewhere(context, [job], destination.id),
  }));
}

/** Other ways to try again than simply. */
export function retryMenu(context: WindowContext, job: UploadJob): readonly MenuEntry[] {
  const elsewhere = sendToMenu(context, job);
  return [
    {
      kind: 'action',
      label: words.retryFirst,
      icon: ArrowUpToLine,
      run: () => void retryFirst(context, job),
    },
    // A file of a flow run goes with the others or not at all.
    ...(job.edge === null
      ? [
          {
            kind: 'action' as const,
            label: words.sendAsNew,
            icon: RotateCcw,
            run: () => void sendAsNew(context, job),
          },
        ]
      : []),
    ...(elsewhere.length === 0
      ? []
      : [{ kind: 'submenu' as const, label: words.sendTo, icon: Send, entries: elsewhere }]),
  ];
}

/** The menu that a button of a row opens; null: it does what it says. Alt asks for the other ways. */
export function menuOfAction(
  context: WindowContext,
  job: UploadJob,
  action: string,
  isAltHeld: boolean,
): readonly MenuEntry[] | null {
  if (action === 'send-to') return sendToMenu(context, job);
  return action === 'retry' && isAltHeld ? retryMenu(context, job) : null;
}

/** The same menu while nothing in it can be done, with the reason at its head. */
export function menuOfNothing(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  const reason: MenuEntry = { kind: 'action', label: shell.notRunning, isDisabled: true, run: () => {} };
  return [
    reason,
    { kind: 'separator' },
    ...entries.map(
      (entry): MenuEntry =>
        entry.kind === 'separator'
          ? entry
          : {
              kind: 'action',
              label: entry.label,
              icon: 'icon' in entry ? entry.icon : undefined,
              isDisabled: true,
              run: () => {},
            },
    ),
  ];
}

/** A key is not called a link. */
export function labelOf(job: UploadJob, action: RowAction): string {
  const isKey = job.state.name === 'completed' && job.state.asset.linkKind === 'key';
  return action === 'copy' && isKey ? words.copyKey : actionWords[action];
}
