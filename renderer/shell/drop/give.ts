import type { KindDescription } from '#shared/ipc.ts';
import type { GivenFromOutside } from '#shared/window-host.ts';
import type { WindowContext } from '../../live/window-context.tsx';
import { toast } from '../../ui/toasts.tsx';
import { addToQueue, targetDestination, tellAdded } from '../../uploads/add-files.ts';
import { dropWords as words } from '../../words/drop.ts';
import { openOverlay } from '../navigation.ts';
import { askAbout } from './drop-store.ts';
import type { Dropped } from './dropped-files.ts';
import { judgeFiles, limitsOf } from './refusals.ts';

export interface GiveOptions {
  /** The zone that they were dropped on; null: wherever the target is. */
  readonly destinationId: string | null;
  /** Alt was held. */
  readonly isChoosing: boolean;
  readonly kinds: readonly KindDescription[];
}

/** Sends files that were given without a word where they belong; asks first where there is something to ask. */
export function giveFiles(context: WindowContext, dropped: Dropped, options: GiveOptions) {
  const { files, folders, givenFolders } = dropped;
  const hasFolder = folders.length > 0 || givenFolders.length > 0;
  const live = context.live.getState();
  if (files.length === 0 && !hasFolder) return;
  const target =
    live.destinations.find(({ destination }) => destination.id === options.destinationId) ??
    targetDestination(live);
  if (target === null) {
    toast({
      title: words.noDestination,
      tone: 'warn',
      action: {
        label: words.addDestination,
        run: () => openOverlay({ name: 'destination', id: null }),
      },
    });
    return;
  }
  const destinationId = target.destination.id;
  const { refusals } = judgeFiles(files, limitsOf(target, options.kinds));
  if (options.isChoosing || hasFolder || refusals.length > 0) {
    askAbout({ ...dropped, destinationId });
  } else {
    void addToQueue(context, files, destinationId);
  }
}

/** Files that came to the app, not to this window: those that nobody knows a place for are asked about. */
export function takeFromOutside(
  context: WindowContext,
  given: GivenFromOutside,
  kinds: readonly KindDescription[],
): void {
  if (given.kind === 'added') {
    tellAdded(context.live.getState(), given.report, given.destinationId);
    return;
  }
  const [missing] = given.missing;
  if (missing !== undefined) toast({ title: words.missing(given.missing.length, missing), tone: 'warn' });
  const dropped = {
    files: given.files.filter(({ isFolder }) => !isFolder),
    folders: [],
    givenFolders: given.files.filter(({ isFolder }) => isFolder),
  };
  giveFiles(context, dropped, { destinationId: null, isChoosing: true, kinds });
}
