/** Time that passes faster than it is: the waits of seconds that the engine really makes become milliseconds. */
import type { Clock } from '#ports/clock.ts';

/** How far the clock moves with each turn, and how much real time a turn takes at least. */
const stepMs = 100;
const turnMs = 2;

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

export interface HurriedClock extends Clock {
  stop(): void;
}

/**
 * Each turn of the event loop (2 ms or more of real time) moves this clock by 100 ms. It is not multiplied real time: on
 * a machine that is busy the turns come late and the clock with them, so a timeout of the engine cannot run out
 * because a test's process had to wait. An engine and its demo service must share one, or lifetimes mean nothing.
 */
export function createHurriedClock(): HurriedClock {
  const startedAt = Date.now();
  let elapsed = 0;
  const timers = new Set<Timer>();
  const turn = () => {
    elapsed += stepMs;
    const due = [...timers].filter(({ at }) => at <= elapsed).sort((a, b) => a.at - b.at);
    // One that was undone by an earlier one of this turn does not run.
    for (const timer of due) if (timers.delete(timer)) timer.task();
    turning = setTimeout(turn, turnMs);
  };
  let turning = setTimeout(turn, turnMs);
  return {
    now: () => startedAt + elapsed,
    monotonic: () => elapsed,
    setTimer(delayMs, task) {
      const timer = { at: elapsed + Math.max(0, delayMs), task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    stop: () => clearTimeout(turning),
  };
}
