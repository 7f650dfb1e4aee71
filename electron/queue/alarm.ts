/** One timer for many times: it rings at the earliest of them. */

import type { Clock } from '#ports/clock.ts';

export interface Alarm {
  /** Epoch ms; null: never. A time that has passed rings at once, an earlier one that is planned stays. */
  ringAt(at: number | null): void;
  stop(): void;
}

export function createAlarm(clock: Clock, ring: () => void): Alarm {
  let cancel: (() => void) | null = null;
  // Kept by the clock that never jumps: else a jump ahead would make a far time seem a near one.
  let ringsAt = Number.POSITIVE_INFINITY;
  let isStopped = false;
  return {
    ringAt(at) {
      if (at === null || isStopped) return;
      const delayMs = Math.max(1, at - clock.now());
      if (clock.monotonic() + delayMs >= ringsAt) return;
      cancel?.();
      ringsAt = clock.monotonic() + delayMs;
      cancel = clock.setTimer(delayMs, () => {
        ringsAt = Number.POSITIVE_INFINITY;
        cancel = null;
        ring();
      });
    },
    stop() {
      isStopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
