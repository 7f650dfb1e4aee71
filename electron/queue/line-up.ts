/** Who is next at one destination: for the short requests after the bytes, for a data lane, for a reservation. */

import type { Journal } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId, Step } from '#shared/job.ts';
import { mustGoAlone } from './bandwidth.ts';
import { byOrder, Candidates } from './candidates.ts';
import { isSmall, smallFileBytes } from './lane-limit.ts';

export class LineUp {
  readonly #finishers: Candidates;
  readonly #uploads: Candidates;
  readonly #reserves: Candidates;
  readonly #smallReserves: Candidates;
  readonly #elsewhere: () => Iterable<JobId>;
  #ahead: StoredJob[] = [];
  #polls: StoredJob[] = [];

  /** `elsewhere`: jobs that run, or wait for others of their flow run. */
  constructor(destinationId: string, journal: Journal, elsewhere: () => Iterable<JobId>) {
    this.#elsewhere = elsewhere;
    const candidates = (steps: readonly Step[], maxBytes?: number) =>
      new Candidates((except, limit) =>
        journal.candidates({
          destinationId,
          steps,
          except,
          limit,
          ...(maxBytes === undefined ? {} : { maxBytes }),
        }),
      );
    this.#finishers = candidates(['complete', 'inspect']);
    this.#uploads = candidates(['upload']);
    this.#reserves = candidates(['reserve']);
    this.#smallReserves = candidates(['reserve'], smallFileBytes);
  }

  /** Those that want a data lane next: they hold a reservation, or must ask for it when they are alone. */
  get ahead(): readonly StoredJob[] {
    return this.#ahead;
  }

  get claimedIds(): readonly JobId[] {
    return [...this.#ahead, ...this.#polls].map((job) => job.id);
  }

  /** There may be more than was known. */
  wake(): void {
    for (const candidates of this.#all()) candidates.wake();
  }

  /** Rows or their order changed: all of them are in the journal, where they are read anew. */
  forget(): void {
    for (const candidates of this.#all()) candidates.forget();
    this.#ahead = [];
    this.#polls = [];
  }

  poll(job: StoredJob): void {
    this.#polls.push(job);
  }

  holdAhead(jobs: readonly StoredJob[]): void {
    this.#ahead = [...this.#ahead, ...jobs].sort(byOrder);
  }

  async nextFinisher(): Promise<StoredJob | null> {
    return this.#polls.shift() ?? (await this.#finishers.next(() => this.#claimed()));
  }

  /** Makes sure that jobs with a reservation are among those ahead, up to so many. */
  async readAhead(most: number): Promise<void> {
    while (this.#ahead.length < most) {
      const job = await this.#uploads.next(() => this.#claimed());
      if (job === null) return;
      this.holdAhead([job]);
    }
  }

  /** For a data lane: who must go alone, then a small file where one is wanted, then the first. */
  takeAhead(prefersSmall: boolean, mayBegin: (job: StoredJob) => boolean): StoredJob | null {
    const job =
      this.#ahead.find(mustGoAlone) ??
      (prefersSmall ? this.#ahead.find(isSmall) : undefined) ??
      this.#ahead[0];
    if (job === undefined || !mayBegin(job)) return null;
    this.#ahead = this.#ahead.filter((other) => other !== job);
    return job;
  }

  async nextReserve(prefersSmall: boolean): Promise<StoredJob | null> {
    if (prefersSmall) {
      const small = this.#reserves.take(isSmall) ?? (await this.#smallReserves.next(() => this.#claimed()));
      if (small !== null) return small;
    }
    // Small ones that were read ahead for their own lane take their turn here, too.
    const first = await this.#reserves.next(() => this.#claimed());
    const small = this.#smallReserves.take(() => true);
    if (first === null || small === null) return first ?? small;
    const isSmallFirst = byOrder(small, first) < 0;
    if (isSmallFirst) this.#reserves.putBack(first);
    else this.#smallReserves.putBack(small);
    return isSmallFirst ? small : first;
  }

  /** Jobs that are queued again. Those with a reservation are found by `readAhead`. */
  insert(jobs: readonly StoredJob[]): void {
    for (const job of jobs) {
      if (job.state.name !== 'queued' || job.state.step === 'upload') continue;
      (job.state.step === 'reserve' ? this.#reserves : this.#finishers).insert(job);
    }
  }

  /** Somebody wrote the row: what was read of it before is worth nothing, and it goes where it belongs now. */
  update(job: StoredJob): void {
    for (const candidates of this.#all()) candidates.drop(job.id);
    this.#ahead = this.#ahead.filter(({ id }) => id !== job.id);
    this.#polls = this.#polls.filter(({ id }) => id !== job.id);
    this.insert([job]);
  }

  /** It may not start right now: it is the next again. */
  putBack(job: StoredJob): void {
    if (job.state.name === 'processing') this.#polls.unshift(job);
    else if (job.state.name !== 'queued') return;
    else if (job.state.step === 'upload' || mustGoAlone(job)) this.holdAhead([job]);
    else if (job.state.step === 'reserve') this.#reserves.putBack(job);
    else this.#finishers.putBack(job);
  }

  #all(): readonly Candidates[] {
    return [this.#finishers, this.#uploads, this.#reserves, this.#smallReserves];
  }

  #claimed(): readonly JobId[] {
    return [...this.#elsewhere(), ...this.claimedIds, ...this.#all().flatMap((candidates) => candidates.ids)];
  }
}
