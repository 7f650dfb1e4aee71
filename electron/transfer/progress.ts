import type { Clock } from '#ports/clock.ts';

/** Ten a second are more than an eye can follow. */
const everyMs = 100;

export interface Progress {
  report(bytes: number): void;
  /** Drops what is still to be told. */
  stop(): void;
}

/** Tells the newest count at most ten times a second, and always tells it in the end. Never goes back. */
export function createProgress(clock: Clock, tell: (bytes: number) => void): Progress {
  let latest = 0;
  let told = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let undo: (() => void) | null = null;

  function say(): void {
    undo = null;
    if (latest <= told) return;
    told = latest;
    toldAt = clock.monotonic();
    tell(told);
  }

  return {
    report(bytes) {
      latest = Math.max(latest, bytes);
      if (undo !== null) return;
      const waitMs = toldAt + everyMs - clock.monotonic();
      if (waitMs <= 0) say();
      else undo = clock.setTimer(waitMs, say);
    },
    stop() {
      undo?.();
      undo = null;
    },
  };
}
