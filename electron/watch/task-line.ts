/** Runs the tasks of one folder one after another. */
export class TaskLine {
  readonly #isClosed: () => boolean;
  readonly #onFailure: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(isClosed: () => boolean, onFailure: (error: unknown) => void) {
    this.#isClosed = isClosed;
    this.#onFailure = onFailure;
  }

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }

  /** What somebody waits for; where it fails, they learn it and the folder is healed. */
  attempt<T>(task: () => Promise<T>): Promise<T> {
    return this.run(task).catch((error: unknown) => {
      this.#onFailure(error);
      throw error;
    });
  }

  /** What nobody waits for; where it fails, the folder is healed. */
  async inBackground(task: () => Promise<void>): Promise<void> {
    await this.run(async () => {
      if (!this.#isClosed()) await task();
    }).catch((error: unknown) => this.#onFailure(error));
  }

  /** Resolves when all tasks that were given until now are done. */
  async done(): Promise<void> {
    await this.#last;
  }
}
