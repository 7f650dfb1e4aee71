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
} from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { copyFormatEntries, copyLinks } from '../links/copy-link.ts';
import type { WindowContext } from '../live/window-context.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { uploadsWords } from '../words/uploads.ts';
import { offeredDestinations } from './add-files.ts';
import { actionsOf, type RowAction } from './row/row-actions.ts';
import { runRowAction, sendElsewhere } from './run-row-action.ts';

const words = uploadsWords.actions;

export const actionIcons: Readonly<Record<RowAction, LucideIcon>> = {
  pause: Pause,
  resume: Play,
  retry: RotateCcw,
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
    const others = offeredDestinations(context.live.getState()).filter(
      ({ destination }) => destination.id !== job.destinationId,
    );
    if (others.length === 0) return null;
    const entries = others.map(({ destination }) => ({
      kind: 'action' as const,
      label: destination.name,
      run: () => void sendElsewhere(context, job, destination.id),
    }));
    return { kind: 'submenu', ...shown, entries };
  }
  return {
    kind: 'action',
    ...shown,
    keys: keys[action],
    isDanger: action === 'cancel',
    run: () => void runRowAction(context, action, job),
  };
}

/** A key is not called a link. */
export function labelOf(job: UploadJob, action: RowAction): string {
  const isKey = job.state.name === 'completed' && job.state.asset.linkKind === 'key';
  return action === 'copy' && isKey ? words.copyKey : actionWords[action];
}
