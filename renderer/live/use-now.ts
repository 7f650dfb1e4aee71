import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = Date.now();

/** One timer for all that counts, and none where nothing does. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of [...listeners]) tell();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

const still = () => () => {};

/** The time, anew every second as long as `isCounting`; epoch ms. */
export function useNow(isCounting = true): number {
  return useSyncExternalStore(isCounting ? subscribe : still, () => {
    // Between ticks it must not change, or React would render for ever.
    if (listeners.size === 0 && Math.abs(Date.now() - now) > 1000) now = Date.now();
    return now;
  });
}
