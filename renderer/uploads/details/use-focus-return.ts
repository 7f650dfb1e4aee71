import { type RefObject, useLayoutEffect } from 'react';

/** When `ref` goes while the focus is in it, the focus goes back to where it was before it came in. */
export function useFocusReturn(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const inside = ref.current;
    if (inside === null) return;
    let outside: Element | null = inside.contains(document.activeElement) ? null : document.activeElement;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && !inside.contains(target) && !isPassing(target)) outside = target;
    };
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('focusin', onFocus);
      const isIn = inside.contains(document.activeElement);
      if (isIn && outside instanceof HTMLElement && outside.isConnected)
        outside.focus({ preventScroll: true });
    };
  }, [ref]);
}

/** What opens over the page goes before it does. */
const isPassing = (element: Element) =>
  element === document.body || element.closest('[role="menu"],[role="dialog"],[role="alertdialog"]') !== null;
