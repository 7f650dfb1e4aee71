/** A few jobs read ahead of need, so that a lane that falls free does not wait for the database. */

import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';

const readAhead = 64;

export class Candidates {
  #rows: StoredJob[] = [];
  #isExhausted = false;
  #version = 0;
  readonly #fetch: (except: readonly JobId[], limit: number) => Promise<readonly StoredJob[]>;

  constructor(fetch: (except: readonly JobId[], limit: number) => Promise<readonly StoredJob[]>) {
    this.#fetch = fetch;
  }

  get ids(): readonly JobId[] {
    return this.#rows.map((job) => job.id);
  }

  /** There may be more in the database than was known. */
  wake(): void {
    this.#version += 1;
    this.#isExhausted = false;
  }

  /** The order, or some rows, have changed: read anew. */
  forget(): void {
    this.#rows = [];
    this.wake();
  }

  /** The next job, first to go first; null if there is none. `except`: jobs that are claimed elsewhere. */
  async next(except: () => readonly JobId[]): Promise<StoredJob | null> {
    const row = this.#rows.shift();
    if (row !== undefined) return row;
    if (this.#isExhausted) return null;
    const version = this.#version;
    const rows = await this.#fetch(except(), readAhead);
    // What was read before a change may be in the wrong order, but is still there; only "no more" would be a lie.
    if (version === this.#version) this.#isExhausted = rows.length < readAhead;
    const claimed = new Set(except());
    this.#rows = rows.filter((job) => !claimed.has(job.id));
    return this.#rows.shift() ?? null;
  }
}
