import type { KindDescription } from '#shared/ipc.ts';
import type { WindowContext } from '../../live/window-context.tsx';
import { toast } from '../../ui/toasts.tsx';
import { addToQueue, targetDestination } from '../../uploads/add-files.ts';
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
  const { files, folders } = dropped;
  const live = context.live.getState();
  if (files.length === 0 && folders.length === 0) return;
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
  if (options.isChoosing || folders.length > 0 || refusals.length > 0) {
    askAbout({ files, folders, destinationId });
  } else {
    void addToQueue(context, files, destinationId);
  }
}
