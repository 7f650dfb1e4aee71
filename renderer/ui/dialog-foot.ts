import { useEffect, useState } from 'react';
import { create } from 'zustand';

/** The feet of the dialogs that are open, the topmost last: there are the buttons that nothing may lie over. */
const useFeet = create<{ readonly feet: readonly HTMLElement[] }>(() => ({ feet: [] }));

/** Says that this is the foot of a dialog, as long as it is there; a ref. */
export function noteDialogFoot(foot: HTMLElement | null): (() => void) | undefined {
  if (foot === null) return;
  useFeet.setState(({ feet }) => ({ feet: [...feet, foot] }));
  return () => useFeet.setState(({ feet }) => ({ feet: feet.filter((other) => other !== foot) }));
}

const gap = 16;

/** Where toasts may stand: at the end below, or above a line in px from the upper edge of the window. */
export type ToastPlace = { readonly edge: 'bottom' } | { readonly edge: 'top'; readonly maxHeight: number };

/** `footTop`: where the foot of the topmost dialog begins, in px from the upper edge; null: there is none. */
export const toastPlace = (footTop: number | null): ToastPlace =>
  footTop === null ? { edge: 'bottom' } : { edge: 'top', maxHeight: Math.max(0, footTop - 2 * gap) };

/** Follows the dialogs, and their size. */
export function useToastPlace(): ToastPlace {
  const foot = useFeet(({ feet }) => feet.at(-1) ?? null);
  const [top, setTop] = useState<number | null>(null);
  useEffect(() => {
    const measure = () => setTop(foot === null ? null : foot.getBoundingClientRect().top);
    measure();
    if (foot === null) return;
    const observer = new ResizeObserver(measure);
    for (const element of [foot, foot.parentElement]) if (element !== null) observer.observe(element);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [foot]);
  return toastPlace(foot === null ? null : (top ?? 0));
}
