import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '#ports/clock.ts';

/** So many turns in which nothing has to do with the clock are run through at full speed. */
const quietTurns = 200;

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #timers: { readonly at: number; readonly task: () => void }[] = [];
  #now = 0;
  /** Turns of the event loop since a timer was set or was due. */
  #quietTurns = 0;

  now(): number {
    return 1_700_000_000_000 + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  setTimer(delayMs: number, task: () => void): () => void {
    this.#quietTurns = 0;
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
      this.#quietTurns = 0;
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
    while (!isSettled) await this.#turn(stepMs);
    return done;
  }

  /** Lets time pass until the condition holds. */
  async until(condition: () => boolean, stepMs = 20): Promise<void> {
    while (!condition()) await this.#turn(stepMs);
  }

  /** Where no timer has to do with it for long, something real is waited for: the processor is left to that. */
  async #turn(stepMs: number): Promise<void> {
    await (this.#quietTurns++ < quietTurns ? setImmediate() : setTimeout(1));
    this.advance(stepMs);
  }
}
