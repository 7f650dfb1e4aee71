import type { LiveStore } from './live-store.ts';

/**
 * Calls `ask` at once and whenever something in the queue changed since, at most once in `pauseMs`; a change within the
 * pause is asked for when it is over, so none is missed. Answers what ends it.
 */
export function followRevisions(live: LiveStore, pauseMs: number, ask: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStale = false;
  const askSoon = () => {
    isStale = true;
    if (timer !== null) return;
    isStale = false;
    ask();
    timer = setTimeout(() => {
      timer = null;
      if (isStale) askSoon();
    }, pauseMs);
  };
  askSoon();
  const leave = live.subscribe((now, before) => {
    if (now.epoch !== before.epoch || now.revision !== before.revision) askSoon();
  });
  return () => {
    leave();
    if (timer !== null) clearTimeout(timer);
  };
}
