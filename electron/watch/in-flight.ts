/** Tasks that go on side by side, a few at a time. */
export class InFlight {
  readonly #most: number;
  readonly #tasks = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  /** Starts it as soon as there is room, and does not wait for its end. Rejects where an earlier one failed. */
  async start(work: () => Promise<void>): Promise<void> {
    while (this.#tasks.size >= this.#most) await Promise.race(this.#tasks);
    this.#throwFailure();
    const task = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  /** Resolves when none goes on; rejects with the first failure. */
  async done(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.race(this.#tasks);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
