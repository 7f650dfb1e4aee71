import type { Clock } from '#ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

export interface ManualClock extends Clock {
  /** Moves time on and runs what is due, in order. */
  advance(ms: number): void;
  /** Timers that are set. */
  readonly pending: number;
}

/** A clock that stands still unless it is moved. */
export function createManualClock(startAt = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsed = 0;
  const timers = new Set<Timer>();
  const due = (until: number) =>
    [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => startAt + elapsed,
    monotonic: () => elapsed,
    setTimer(delayMs, task) {
      const timer = { at: elapsed + delayMs, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const until = elapsed + ms;
      for (let timer = due(until); timer !== undefined; timer = due(until)) {
        timers.delete(timer);
        elapsed = Math.max(elapsed, timer.at);
        timer.task();
      }
      elapsed = until;
    },
    get pending() {
      return timers.size;
    },
  };
}
