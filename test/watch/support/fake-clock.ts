import { setImmediate } from 'node:timers/promises';
import type { Clock } from '#ports/clock.ts';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #timers: { readonly at: number; readonly task: () => void }[] = [];
  #now = 0;

  now(): number {
    return 1_700_000_000_000 + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  setTimer(delayMs: number, task: () => void): () => void {
    const timer = { at: this.#now + delayMs, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  get timers(): number {
    return this.#timers.length;
  }

  /** Moves on, running what is due on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers
        .filter((timer) => timer.at <= end)
        .sort((a, b) => a.at - b.at)
        .at(0);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
    }
    this.#now = end;
  }

  /** Lets time pass, a little at each turn of the event loop, until the promise settles. */
  async during<T>(promise: Promise<T>, stepMs = 20): Promise<T> {
    let isSettled = false;
    const done = promise.finally(() => {
      isSettled = true;
    });
    done.catch(() => {});
    while (!isSettled) {
      await setImmediate();
      this.advance(stepMs);
    }
    return done;
  }

  /** Lets time pass until the condition holds. */
  async until(condition: () => boolean, stepMs = 20): Promise<void> {
    while (!condition()) {
      await setImmediate();
      this.advance(stepMs);
    }
  }
}
