import {
  Copy,
  ExternalLink,
  FolderOpen,
  Info,
  ListX,
  type LucideIcon,
  RotateCw,
  TextQuote,
} from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import type { Settings } from '#shared/settings.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { linkWords as words } from '../words/links.ts';
import { copyFormatEntries, type WantedFormat } from './copy-link.ts';
import type { LinkAction } from './link-actions.ts';
import { assetOf } from './link-subject.ts';
import type { LinkDoings } from './links-context.tsx';

const icons: Readonly<Record<LinkAction, LucideIcon>> = {
  copy: Copy,
  copyAs: TextQuote,
  open: ExternalLink,
  details: Info,
  showInFolder: FolderOpen,
  sendAgain: RotateCw,
  remove: ListX,
};

export interface MenuSubject {
  readonly job: UploadJob;
  /** More than one: the menu is about what is selected. */
  readonly count: number;
}

/** The entries of a link's menu, or of several links'. */
export function linkMenu(
  { job, count }: MenuSubject,
  actions: readonly LinkAction[],
  doings: LinkDoings,
  settings: Pick<Settings, 'linkTemplate'> | null,
): readonly MenuEntry[] {
  const isMany = count > 1;
  const copy = (format?: WantedFormat) => (isMany ? doings.copy(format) : doings.copyOne(job, format));
  const entries: Readonly<Record<LinkAction, MenuEntry>> = {
    copy: {
      kind: 'action',
      label: isMany ? words.copyMany(count) : words.copy,
      keys: 'Mod+C',
      run: () => copy(),
    },
    copyAs: {
      kind: 'submenu',
      label: words.copyAs,
      entries: formatMenu(
        copy,
        settings,
        () => doings.editTemplate(isMany ? null : job),
        isMany ? null : job,
      ),
    },
    open: { kind: 'action', label: words.openLink, keys: 'Enter', run: () => doings.open(job) },
    details: { kind: 'action', label: words.details, keys: 'Space', run: () => doings.details(job) },
    showInFolder: { kind: 'action', label: words.showInFolder, run: () => doings.showInFolder(job) },
    sendAgain: { kind: 'action', label: words.sendAgain, run: () => doings.sendAgain(job) },
    remove: {
      kind: 'action',
      label: isMany ? words.removeMany(count) : words.remove,
      keys: 'Delete',
      run: () => (isMany ? doings.remove() : doings.removeOne(job)),
    },
  };
  return actions.flatMap((action): MenuEntry[] => {
    const entry = entries[action];
    const withIcon =
      entry.kind === 'action' || entry.kind === 'submenu' ? { ...entry, icon: icons[action] } : entry;
    return action === 'remove' ? [{ kind: 'separator' }, withIcon] : [withIcon];
  });
}

/** All formats, and at the end where the own template is written. */
export function formatMenu(
  copy: (format: WantedFormat) => void,
  settings: Pick<Settings, 'linkTemplate'> | null,
  editTemplate: () => void,
  job: UploadJob | null,
): readonly MenuEntry[] {
  const asset = job === null ? null : assetOf(job);
  // What is copied then is the address that the service signs, and the reference is another choice.
  const kind = asset?.hasFreshUrl === true ? 'url' : asset?.linkKind;
  return [
    ...copyFormatEntries(copy, settings, kind),
    { kind: 'separator' },
    {
      kind: 'action',
      label: (settings?.linkTemplate ?? null) === null ? words.ownTemplate : words.changeTemplate,
      run: editTemplate,
    },
  ];
}
