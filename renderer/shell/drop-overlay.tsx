import { useEffect } from 'react';
import { useLive, useWindow } from '../live/window-context.tsx';
import { useDrop } from './drop/drop-store.ts';
import { DropZones } from './drop/drop-zones.tsx';
import { giveFiles } from './drop/give.ts';
import { GiveDialog } from './drop/give-dialog.tsx';
import { useKinds } from './drop/kinds.ts';
import { listenForDrops } from './drop/listen-for-drops.ts';
import { listenForPastes } from './drop/listen-for-pastes.ts';

/** Takes files that are dropped or pasted anywhere, and says what a drop would do while they are dragged. */
export function DropOverlay() {
  const context = useWindow();
  const isReady = useLive((live) => live.isReady);
  const drop = useDrop((state) => state.drop);
  const kinds = useKinds();

  useEffect(
    () =>
      listenForDrops((dropped, where) => {
        if (context.live.getState().isReady) giveFiles(context, dropped, { ...where, kinds });
      }),
    [context, kinds],
  );
  useEffect(
    () =>
      listenForPastes((files) => {
        if (!context.live.getState().isReady) return;
        giveFiles(context, { files, folders: [] }, { destinationId: null, isChoosing: false, kinds });
      }),
    [context, kinds],
  );

  if (!isReady || drop.name === 'idle') return null;
  if (drop.name === 'asking') return <GiveDialog asked={drop.asked} kinds={kinds} />;
  return <DropZones {...drop} kinds={kinds} />;
}
