/** One limit over all transfers: a bucket that may run into debt by one piece, refilled by time. */
import type { Clock } from '#ports/clock.ts';

export interface Bandwidth {
  /** Bytes a second; null lifts the limit and wakes everybody who waits. */
  setLimit(bytesPerSecond: number | null): void;
  isLimited(): boolean;
  /**
   * Calls `granted` once, at once or in turn, with how many of the wanted bytes may go now. Who waits longest goes
   * first and pieces are small, so transfers share evenly and the flow is smooth. Returns its undo.
   */
  take(wantedBytes: number, granted: (bytes: number) => void): () => void;
}

interface Waiter {
  readonly wantedBytes: number;
  readonly granted: (bytes: number) => void;
}

/** Pieces of a sixteenth of a second. */
const slicesPerSecond = 16;
const smallestSlice = 512;
/** Timers and sockets come a little late each time; so much may be made up for. */
const creditMs = 1000 / slicesPerSecond;

export function createBandwidth(clock: Clock): Bandwidth {
  let limit: number | null = null;
  /** Monotonic ms at which what was granted so far has been paid for. */
  let paidAt = 0;
  let stopTimer: (() => void) | null = null;
  let isServing = false;
  const waiters: Waiter[] = [];

  /** Ms to wait before the next piece; 0: it may go. */
  function debtMs(): number {
    return limit === null ? 0 : Math.max(paidAt - clock.monotonic(), 0);
  }

  function charge(wantedBytes: number): number {
    if (limit === null) return wantedBytes;
    const bytes = Math.min(wantedBytes, Math.max(Math.floor(limit / slicesPerSecond), smallestSlice));
    paidAt = Math.max(paidAt, clock.monotonic() - creditMs) + (bytes / limit) * 1000;
    return bytes;
  }

  function serve(): void {
    // Who is granted may ask again at once: that is a turn of this loop, not a loop in the loop.
    if (isServing) return;
    isServing = true;
    stopTimer?.();
    stopTimer = null;
    while (debtMs() === 0) {
      const next = waiters.shift();
      if (next === undefined) break;
      next.granted(charge(next.wantedBytes));
    }
    isServing = false;
    if (waiters.length > 0) stopTimer = clock.setTimer(Math.ceil(debtMs()), serve);
  }

  return {
    setLimit(bytesPerSecond) {
      const debtBytes = (debtMs() * (limit ?? 0)) / 1000;
      limit = bytesPerSecond;
      // The debt is in bytes: at another rate it takes another time to pay.
      paidAt = clock.monotonic() + (limit === null ? 0 : (debtBytes / limit) * 1000);
      serve();
    },
    isLimited: () => limit !== null,
    take(wantedBytes, granted) {
      const waiter = { wantedBytes, granted };
      waiters.push(waiter);
      serve();
      return () => {
        const index = waiters.indexOf(waiter);
        if (index !== -1) waiters.splice(index, 1);
        if (waiters.length > 0) return;
        stopTimer?.();
        stopTimer = null;
      };
    },
  };
}
