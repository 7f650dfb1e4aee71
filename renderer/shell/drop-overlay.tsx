import { useEffect } from 'react';
import { attempt } from '../live/attempt.ts';
import { useIsGone } from '../live/use-is-gone.ts';
import { useLive, useWindow, type WindowContext } from '../live/window-context.tsx';
import { toast } from '../ui/toasts.tsx';
import { dropWords as words } from '../words/drop.ts';
import { useDrop } from './drop/drop-store.ts';
import { DropZones, NoZone } from './drop/drop-zones.tsx';
import { splitFolders } from './drop/dropped-files.ts';
import { giveFiles, takeFromOutside } from './drop/give.ts';
import { GiveDialog } from './drop/give-dialog.tsx';
import { listenForDrops } from './drop/listen-for-drops.ts';
import { listenForPastes } from './drop/listen-for-pastes.ts';

/** Takes files that are dropped or pasted anywhere, and says what a drop would do while they are dragged. */
export function DropOverlay() {
  const context = useWindow();
  const isReady = useLive((live) => live.isReady);
  const drop = useDrop((state) => state.drop);
  const kinds = useLive((live) => live.kinds);
  const isRunning = !useIsGone();

  useEffect(
    () =>
      listenForDrops((dropped, where) => {
        if (!canTake(context)) return;
        void attempt(splitFolders(dropped, context.host.takeFiles)).then((given) => {
          if (given !== null) giveFiles(context, given, { ...where, kinds });
        });
      }),
    [context, kinds],
  );
  useEffect(
    () =>
      listenForPastes((files) => {
        if (!canTake(context)) return;
        giveFiles(
          context,
          { files, folders: [], givenFolders: [] },
          { destinationId: null, isChoosing: false, kinds },
        );
      }),
    [context, kinds],
  );
  useEffect(() => {
    // What was given before the screens could ask waits for them.
    if (!isReady) return;
    return context.host.onGiven((given) => takeFromOutside(context, given, kinds));
  }, [context, kinds, isReady]);

  if (!isReady || drop.name === 'idle') return null;
  if (drop.name === 'asking') return <GiveDialog asked={drop.asked} kinds={kinds} />;
  return isRunning ? <DropZones {...drop} kinds={kinds} /> : <NoZone title={words.notRunning} />;
}

/** Whether somebody is there who takes files; else it is said. */
function canTake({ live }: WindowContext): boolean {
  const { isReady, connection } = live.getState();
  if (isReady && connection !== 'connected') toast({ title: words.notRunning, tone: 'warn' });
  return isReady && connection === 'connected';
}
