import type { Clock } from '#ports/clock.ts';

/** Timers by name: each name has one at most, and all can be undone together. */
export class Timers<Name extends string> {
  readonly #clock: Clock;
  readonly #undo = new Map<Name, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Replaces the timer of that name. */
  set(name: Name, delayMs: number, task: () => void): void {
    this.clear(name);
    const undo = this.#clock.setTimer(delayMs, () => {
      this.#undo.delete(name);
      task();
    });
    this.#undo.set(name, undo);
  }

  has(name: Name): boolean {
    return this.#undo.has(name);
  }

  clear(name: Name): void {
    this.#undo.get(name)?.();
    this.#undo.delete(name);
  }

  clearAll(): void {
    for (const name of [...this.#undo.keys()]) this.clear(name);
  }
}
