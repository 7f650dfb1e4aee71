import type { Clock } from '#ports/clock.ts';

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Moves on, running every timer that comes due, each at its own instant, and lets their promises settle. */
  advance(ms: number): Promise<void>;
  pendingTimers(): number;
}

export function createManualClock(startAt = 1_700_000_000_000): ManualClock {
  let elapsed = 0;
  let nextId = 0;
  const timers = new Map<number, { readonly at: number; readonly task: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const nextDue = (until: number) =>
    [...timers].filter(([, timer]) => timer.at <= until).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];

  return {
    now: () => startAt + elapsed,
    monotonic: () => elapsed,
    setTimer(delayMs, task) {
      const id = ++nextId;
      timers.set(id, { at: elapsed + Math.max(0, delayMs), task });
      return () => void timers.delete(id);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        timers.delete(due[0]);
        elapsed = due[1].at;
        due[1].task();
        await settle();
      }
      elapsed = until;
    },
    pendingTimers: () => timers.size,
  };
}
