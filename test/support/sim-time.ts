/**
 * Virtual time: one queue of things to come, run one after the other, each with everything that follows from it at once.
 * What belongs to a process dies with it. The wall clock may jump, the monotonic one does not.
 */
import type { Clock } from '#ports/clock.ts';

/** A life of the program: what it planned does not happen after its death. */
export interface SimProcess {
  isAlive: boolean;
  /** Timers that fired for it. */
  timersFired: number;
}

export const newProcess = (): SimProcess => ({ isAlive: true, timersFired: 0 });

interface Task {
  readonly at: number;
  readonly order: number;
  readonly owner: SimProcess | null;
  readonly run: () => void;
  isOff: boolean;
}

const epoch = 1_700_000_000_000;

export class SimTime {
  #now = 0;
  #wallOffset = epoch;
  #order = 0;
  #tasks: Task[] = [];
  #outside = 0;
  /** Looks at the world after each thing that happened. */
  watch: () => void = () => {};

  /** Ms since the beginning. */
  get elapsed(): number {
    return this.#now;
  }

  get wall(): number {
    return this.#now + this.#wallOffset;
  }

  /** The wall clock is set: forward, or back where negative. */
  jump(byMs: number): void {
    this.#wallOffset += byMs;
  }

  schedule(delayMs: number, run: () => void, owner: SimProcess | null = null): () => void {
    this.#order += 1;
    const task: Task = { at: this.#now + Math.max(0, delayMs), order: this.#order, owner, run, isOff: false };
    let low = 0;
    let high = this.#tasks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#tasks[middle]?.at ?? 0) <= task.at) low = middle + 1;
      else high = middle;
    }
    this.#tasks.splice(low, 0, task);
    return () => {
      task.isOff = true;
    };
  }

  /** Resolves after a while; never where the process died before. */
  wait(delayMs: number, owner: SimProcess | null = null): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.schedule(delayMs, resolve, owner);
    return promise;
  }

  clockOf(owner: SimProcess): Clock {
    return {
      now: () => this.wall,
      monotonic: () => this.#now,
      setTimer: (delayMs, task) =>
        this.schedule(
          delayMs,
          () => {
            owner.timersFired += 1;
            task();
          },
          owner,
        ),
    };
  }

  /** Things to come of a process: timers, and answers on their way. */
  pendingOf(owner: SimProcess): number {
    return this.#tasks.filter((task) => !task.isOff && task.owner === owner).length;
  }

  /** Real work (a database) that time must wait for. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside += 1;
    try {
      return await work;
    } finally {
      this.#outside -= 1;
    }
  }

  /** Everything that follows at this very moment has happened when this resolves. */
  async settle(): Promise<void> {
    do {
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#outside > 0);
  }

  async advance(byMs: number): Promise<void> {
    const end = this.#now + byMs;
    await this.settle();
    while (await this.#step(end)) {
      // Each round is one thing that happens.
    }
    this.#now = end;
  }

  /** Goes on until the condition holds; rejects when it does not within the time given. */
  async until(condition: () => boolean | Promise<boolean>, withinMs = 3_600_000): Promise<void> {
    const end = this.#now + withinMs;
    await this.settle();
    while (!(await condition())) {
      if (!(await this.#step(end)))
        throw new Error(`It did not come to this within ${withinMs} ms of its time.`);
    }
  }

  /** Waits for a promise while time passes. */
  async during<T>(work: Promise<T>, withinMs = 3_600_000): Promise<T> {
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    over.catch(() => {});
    await this.until(() => isOver, withinMs);
    return over;
  }

  async #step(end: number): Promise<boolean> {
    for (;;) {
      const task = this.#tasks[0];
      if (task === undefined || task.at > end) return false;
      this.#tasks.shift();
      if (task.isOff || task.owner?.isAlive === false) continue;
      this.#now = Math.max(this.#now, task.at);
      task.run();
      await this.settle();
      this.watch();
      return true;
    }
  }
}
