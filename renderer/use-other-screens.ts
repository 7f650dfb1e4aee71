import { useEffect, useState } from 'react';

export type OtherScreens = typeof import('./other-screens.tsx');

/** By then the first rows stand. */
const pauseMs = 1000;

let loaded: OtherScreens | null = null;
let loading: Promise<void> | null = null;

/** Reads the script of the other screens, once. Never rejects: where it cannot be had, the next call asks anew. */
export function bringOtherScreens(): Promise<void> {
  loading ??= import('./other-screens.tsx').then(
    (screens) => {
      loaded = screens;
    },
    () => {
      loading = null;
    },
  );
  return loading;
}

/** Null until they are here: at once where they are needed, else when there is time. */
export function useOtherScreens(areNeeded: boolean): OtherScreens | null {
  const [screens, setScreens] = useState(loaded);
  useEffect(() => {
    if (screens !== null) return;
    const timer = setTimeout(
      () => void bringOtherScreens().then(() => setScreens(loaded)),
      areNeeded ? 0 : pauseMs,
    );
    return () => clearTimeout(timer);
  }, [areNeeded, screens]);
  return screens;
}
