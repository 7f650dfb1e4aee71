import { type RefObject, useLayoutEffect, useRef } from 'react';
import { itemElement } from './item-place.ts';

/** Keeps the focus on the active item: where keys moved it, and where its element was made anew because rows came or went. */
export function useGridFocus(place: RefObject<HTMLElement | null>, activeIndex: number) {
  const isWanted = useRef(false);
  /** What of the grid had the focus last, while it has not gone elsewhere. */
  const last = useRef<Element | null>(null);

  useLayoutEffect(() => {
    const isLost =
      last.current !== null && !last.current.isConnected && document.activeElement === document.body;
    if (!isWanted.current && !isLost) return;
    const item = itemElement(place.current, activeIndex);
    if (item === null) return;
    isWanted.current = false;
    item.focus({ preventScroll: true });
  });

  return {
    /** With the next rendering. */
    take: () => {
      isWanted.current = true;
    },
    onFocus: (event: { readonly target: EventTarget }) => {
      last.current = event.target instanceof Element ? event.target : null;
    },
    onBlur: (event: { readonly relatedTarget: EventTarget | null }) => {
      if (event.relatedTarget instanceof Element && !place.current?.contains(event.relatedTarget))
        last.current = null;
    },
  };
}
