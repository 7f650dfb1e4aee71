import { isTextField } from '../../commands/fields.ts';
import { bringsFiles, draggedOf } from './dragged.ts';
import { drag, endDragging, useDrop } from './drop-store.ts';
import { type DroppedItems, takeDropped } from './dropped-files.ts';

export type DropListener = (
  dropped: DroppedItems,
  where: { readonly destinationId: string | null; readonly isChoosing: boolean },
) => void;

/** Browsers tell a drag every 350 ms at least, also where it rests: one that is told no more is gone. */
const silenceMs = 1500;

/**
 * Follows files that are dragged over the window, until they are dropped or gone. A browser would open what is dropped on
 * a page instead of the page: that never happens here, wherever and whatever is dropped.
 */
export function listenForDrops(onDropped: DropListener): () => void {
  /** Something of the page itself is dragged: pictures in it count as files, too. */
  let isOwn = false;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const isMeant = (event: DragEvent): event is DragEvent & { readonly dataTransfer: DataTransfer } =>
    !isOwn && bringsFiles(event.dataTransfer) && useDrop.getState().drop.name !== 'asking';
  /** Text may be dropped where text is written. */
  const isWriting = (event: DragEvent) => !bringsFiles(event.dataTransfer) && isTextField(event.target);
  const end = () => {
    clearTimeout(silence);
    endDragging();
  };
  const onOver = (event: DragEvent) => {
    // Somebody took it already, or a field may have it.
    if (event.defaultPrevented || isWriting(event)) return;
    event.preventDefault();
    if (!isMeant(event)) {
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
      return;
    }
    event.dataTransfer.dropEffect = 'copy';
    clearTimeout(silence);
    silence = setTimeout(endDragging, silenceMs);
    drag(draggedOf(event.dataTransfer.items), zoneUnder(event.target), event.altKey);
  };
  const onLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) end();
  };
  const onDrop = (event: DragEvent) => {
    const isOurs = !event.defaultPrevented && isMeant(event);
    if (!isWriting(event)) event.preventDefault();
    end();
    if (!isOurs) return;
    onDropped(takeDropped(event.dataTransfer), {
      destinationId: zoneUnder(event.target),
      isChoosing: event.altKey,
    });
  };
  const onStart = () => {
    isOwn = true;
  };
  const onEnd = () => {
    isOwn = false;
    end();
  };
  const listeners = {
    dragenter: onOver,
    dragover: onOver,
    dragleave: onLeave,
    drop: onDrop,
    dragstart: onStart,
    dragend: onEnd,
  } as const;
  const names = Object.keys(listeners) as readonly (keyof typeof listeners)[];
  for (const name of names) window.addEventListener(name, listeners[name]);
  return () => {
    end();
    for (const name of names) window.removeEventListener(name, listeners[name]);
  };
}

const zoneUnder = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest('[data-drop-zone]')?.getAttribute('data-drop-zone') ?? null)
    : null;
