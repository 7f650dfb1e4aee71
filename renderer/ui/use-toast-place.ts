import { useCallback, useLayoutEffect, useState } from 'react';
import { create } from 'zustand';
import { type ToastPlace, toastGap, toastPlace } from './toast-place.ts';

interface Noted {
  /** Those that are open, the topmost last. */
  readonly dialogs: readonly HTMLElement[];
  /** What lies along the lower edge of the window. */
  readonly bars: readonly HTMLElement[];
}

/** What toasts must not lie over. */
const useNoted = create<Noted>(() => ({ dialogs: [], bars: [] }));

const noteIn = (kind: keyof Noted) => (element: HTMLElement | null) => {
  if (element === null) return;
  useNoted.setState((noted) => ({ [kind]: [...noted[kind], element] }));
  return () => useNoted.setState((noted) => ({ [kind]: noted[kind].filter((other) => other !== element) }));
};

/** Says that this is a dialog, as long as it is there; a ref. */
export const noteDialog = noteIn('dialogs');
/** Says that this lies along the lower edge of the window, as long as it is there; a ref. */
export const noteBar = noteIn('bars');

function placeNow({ dialogs, bars }: Noted): ToastPlace {
  return toastPlace({
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    isRightToLeft: document.documentElement.dir === 'rtl',
    dialogWidth: dialogs.at(-1)?.offsetWidth ?? null,
    bars: bars.map((bar) => bar.getBoundingClientRect()),
  });
}

/** Follows what is on the screen; `toasts`: how many there are, and without any there is nothing to follow. */
export function useToastPlace(toasts: number): ToastPlace {
  const noted = useNoted();
  const [place, setPlace] = useState<ToastPlace>({ edge: 'bottom', bottom: toastGap });
  useLayoutEffect(() => {
    if (toasts === 0) return;
    const measure = () => setPlace(placeNow(noted));
    measure();
    const observer = new ResizeObserver(measure);
    for (const element of [...noted.dialogs, ...noted.bars]) observer.observe(element);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [noted, toasts]);
  return place;
}

/** Keeps free above dialogs what the element takes there, and says so to the styles as `--toast-room`; a ref. */
export function useRoomAbove(isAbove: boolean): (element: HTMLElement | null) => (() => void) | undefined {
  return useCallback(
    (element) => {
      if (element === null || !isAbove) return;
      const { style } = document.documentElement;
      const observer = new ResizeObserver(() => {
        const height = element.offsetHeight;
        style.setProperty('--toast-room', height === 0 ? '0px' : `${height + 2 * toastGap}px`);
      });
      observer.observe(element);
      return () => {
        observer.disconnect();
        style.removeProperty('--toast-room');
      };
    },
    [isAbove],
  );
}
