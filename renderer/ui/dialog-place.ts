import { useEffect, useState } from 'react';
import { create } from 'zustand';

/** The dialogs that are open, the topmost last: over their heads and feet, where the buttons are, nothing may lie. */
const useDialogs = create<{ readonly dialogs: readonly HTMLElement[] }>(() => ({ dialogs: [] }));

/** Says that this is a dialog, as long as it is there; a ref. */
export function noteDialog(dialog: HTMLElement | null): (() => void) | undefined {
  if (dialog === null) return;
  useDialogs.setState(({ dialogs }) => ({ dialogs: [...dialogs, dialog] }));
  return () =>
    useDialogs.setState(({ dialogs }) => ({ dialogs: dialogs.filter((other) => other !== dialog) }));
}

const gap = 16;
/** A toast with two lines. */
const toastLeast = { width: 360, height: 68 } as const;

/** Where toasts may stand: at the end below, or from a line on, in px from the upper edge of the window. */
export type ToastPlace =
  | { readonly edge: 'bottom' }
  | { readonly edge: 'top'; readonly top: number; readonly maxHeight: number };

/** In px of the window: a dialog in its middle, the end of its head, and the beginning of its foot. */
export interface DialogBox {
  readonly windowWidth: number;
  readonly width: number;
  readonly top: number;
  readonly headEnd: number;
  readonly footStart: number;
}

/** Beside the dialog, else above it, else over what scrolls between its head and its foot. */
export function toastPlace(box: DialogBox | null): ToastPlace {
  if (box === null) return { edge: 'bottom' };
  const { windowWidth, width, top, headEnd, footStart } = box;
  if ((windowWidth - width) / 2 >= toastLeast.width + 2 * gap) return { edge: 'bottom' };
  if (top >= toastLeast.height + 2 * gap) return { edge: 'top', top: gap, maxHeight: top - 2 * gap };
  return { edge: 'top', top: headEnd + gap, maxHeight: Math.max(0, footStart - headEnd - 2 * gap) };
}

function boxOf(dialog: HTMLElement): DialogBox {
  const { top, bottom, width } = dialog.getBoundingClientRect();
  const edgeOf = (part: 'header' | 'footer') =>
    dialog.querySelector(`:scope > ${part}`)?.getBoundingClientRect();
  return {
    windowWidth: window.innerWidth,
    width,
    top,
    headEnd: edgeOf('header')?.bottom ?? top,
    footStart: edgeOf('footer')?.top ?? bottom,
  };
}

/** Follows the dialogs, and their size. */
export function useToastPlace(): ToastPlace {
  const dialog = useDialogs(({ dialogs }) => dialogs.at(-1) ?? null);
  const [box, setBox] = useState<DialogBox | null>(null);
  useEffect(() => {
    const measure = () => setBox(dialog === null ? null : boxOf(dialog));
    measure();
    if (dialog === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(dialog);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [dialog]);
  return toastPlace(dialog === null ? null : box);
}
