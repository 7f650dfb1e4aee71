/** A few jobs read ahead of need, so that a lane that falls free does not wait for the database. */

import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';

const readAhead = 64;

/** Moved to top, then manual, then watched; of these the oldest. */
export const byOrder = (a: StoredJob, b: StoredJob): number => a.rank - b.rank || a.id - b.id;

export class Candidates {
  #rows: StoredJob[] = [];
  #isExhausted = false;
  #wakes = 0;
  #forgets = 0;
  readonly #fetch: (except: readonly JobId[], limit: number) => Promise<readonly StoredJob[]>;

  constructor(fetch: (except: readonly JobId[], limit: number) => Promise<readonly StoredJob[]>) {
    this.#fetch = fetch;
  }

  get ids(): readonly JobId[] {
    return this.#rows.map((job) => job.id);
  }

  /** There may be more in the database than was known. */
  wake(): void {
    this.#wakes += 1;
    this.#isExhausted = false;
  }

  /** The order, or some rows, have changed: read anew. */
  forget(): void {
    this.#rows = [];
    this.#forgets += 1;
    this.wake();
  }

  /** It could not go after all: it is the next again. */
  putBack(job: StoredJob): void {
    this.#rows.unshift(job);
  }

  /** A job that belongs among those that were read ahead; one that comes after them is read in its time. */
  insert(job: StoredJob): void {
    const index = this.#rows.findIndex((row) => byOrder(job, row) <= 0);
    if (index >= 0 && this.#rows[index]?.id !== job.id) this.#rows.splice(index, 0, job);
  }

  drop(id: JobId): void {
    this.#rows = this.#rows.filter((row) => row.id !== id);
  }

  /** The first that was read ahead and is like this; null if none is. */
  take(isWanted: (job: StoredJob) => boolean): StoredJob | null {
    const index = this.#rows.findIndex(isWanted);
    return index < 0 ? null : (this.#rows.splice(index, 1)[0] ?? null);
  }

  /** The next job, first to go first; null if there is none. `except`: jobs that are claimed elsewhere. */
  async next(except: () => readonly JobId[]): Promise<StoredJob | null> {
    while (this.#rows.length === 0 && !this.#isExhausted) {
      const wakes = this.#wakes;
      const forgets = this.#forgets;
      const rows = await this.#fetch(except(), readAhead);
      // What was read before the rows or their order changed is worth nothing.
      if (forgets !== this.#forgets) continue;
      // What was read before a wake is still there; only "no more" would be a lie.
      const isLast = rows.length < readAhead && wakes === this.#wakes;
      const claimed = new Set(except());
      this.#rows = rows.filter((job) => !claimed.has(job.id));
      if (isLast) this.#isExhausted = true;
      else if (rows.length < readAhead) break;
    }
    return this.#rows.shift() ?? null;
  }
}
