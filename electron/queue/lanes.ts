/**
 * The lanes of one destination: data lanes carry bytes, twice as many control lanes carry the short requests, so that
 * latency never idles a data lane. Decides who goes next; `drive` does the going.
 */

import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';
import { Candidates } from './candidates.ts';
import type { DestinationNews } from './consequence.ts';
import { drive } from './drive.ts';
import type { FactBook } from './facts.ts';
import type { Gate } from './holds.ts';
import { afterArrival, afterThrottle, firstLaneLimit, type LaneLimit } from './lane-limit.ts';
import type { Ledger } from './ledger.ts';
import type { QueueOptions } from './options.ts';
import { aloneAfterRenewals } from './renewal.ts';
import { type Lane, Run } from './run.ts';
import type { StepContext } from './step-context.ts';

/** With more than one lane, one is kept for files under this size while there are any. */
export const smallFileBytes = 1024 * 1024;

export interface LaneSharing {
  readonly context: StepContext;
  readonly options: QueueOptions;
  readonly ledger: Ledger;
  readonly facts: FactBook;
  /** All runs of the process by job. */
  readonly runs: Map<JobId, Run>;
  gate(destinationId: string): Gate;
  hear(destinationId: string, news: DestinationNews): void;
  hasProgressed(job: StoredJob, bytesSent: number): boolean;
  regroup(job: StoredJob, remoteId: string): void;
  /** Members of a flow run that can be reserved together now; null: this one must wait (it was told so). */
  gather(job: StoredJob): Promise<readonly StoredJob[] | null>;
  /** Another destination's file must have the whole bandwidth. */
  isBandwidthTaken(destinationId: string): boolean;
  bytesMoved(bytes: number): void;
  runEnded(jobs: readonly StoredJob[]): void;
  surprise(error: unknown): void;
}

export class Lanes {
  readonly #id: string;
  readonly #shared: LaneSharing;
  readonly #own = new Set<Run>();
  readonly #finishers: Candidates;
  readonly #uploads: Candidates;
  readonly #reserves: Candidates;
  readonly #smallReserves: Candidates;
  #ahead: StoredJob[] = [];
  #polls: StoredJob[] = [];
  #limit: LaneLimit;
  #isPumping = false;
  #mustPumpAgain = false;
  #isStopped = false;

  constructor(destinationId: string, shared: LaneSharing) {
    this.#id = destinationId;
    this.#shared = shared;
    const { journal, clock } = shared.options;
    const candidates = (steps: Parameters<typeof journal.candidates>[0]['steps'], maxBytes?: number) =>
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
    this.#limit = firstLaneLimit(shared.options.laneCeiling(destinationId), clock.monotonic());
  }

  /** A file here was renewed so often that it must go alone. */
  get wantsBandwidth(): boolean {
    return (
      this.#ahead.some(mustGoAlone) ||
      [...this.#own].some((run) => run.lane === 'data' && mustGoAlone(run.job))
    );
  }

  get isSending(): boolean {
    return this.#count('data') > 0;
  }

  get isIdle(): boolean {
    return this.#own.size === 0 && !this.#isPumping;
  }

  get claimedIds(): readonly JobId[] {
    return [...this.#ahead, ...this.#polls].map((job) => job.id);
  }

  /** There may be new work; `order`: rows that were read ahead may be stale. */
  wake(order: 'same' | 'changed' = 'same'): void {
    for (const candidates of [this.#finishers, this.#uploads, this.#reserves, this.#smallReserves]) {
      if (order === 'changed') candidates.forget();
      else candidates.wake();
    }
    this.pump();
  }

  /** Jobs in `processing` whose poll is due. */
  poll(job: StoredJob): void {
    this.#polls.push(job);
    this.pump();
  }

  pump(): void {
    this.#mustPumpAgain = true;
    if (this.#isPumping || this.#isStopped) return;
    this.#isPumping = true;
    this.#pumpAll()
      .catch((error) => this.#shared.surprise(error))
      .finally(() => {
        this.#isPumping = false;
        if (this.#mustPumpAgain) this.pump();
      });
  }

  /** Starts nothing any more. What runs is interrupted by the scheduler. */
  stop(): void {
    this.#isStopped = true;
    this.#ahead = [];
    this.#polls = [];
  }

  /** Throws away what was read ahead and held ahead: the rows stay queued in the journal. */
  forgetAhead(): void {
    this.#ahead = [];
    this.#polls = [];
    this.wake('changed');
  }

  async #pumpAll(): Promise<void> {
    while (this.#mustPumpAgain && !this.#isStopped) {
      this.#mustPumpAgain = false;
      const gate = this.#shared.gate(this.#id);
      if (gate === 'closed') return;
      await this.#fill(gate);
    }
  }

  async #fill(gate: 'open' | 'probe'): Promise<void> {
    const isFull = () => this.#isStopped || (gate === 'probe' && this.#own.size > 0);
    while (!isFull() && this.#count('control') < 2 * this.#lanes) {
      const job = this.#polls.shift() ?? (await this.#finishers.next(() => this.#claimed()));
      if (job === null || job === undefined || isFull()) break;
      this.#launch(job, [job], 'control');
    }
    while (!isFull() && this.#count('data') < this.#lanes) {
      const job = await this.#nextUpload();
      if (job === null) break;
      if (isFull()) {
        this.#ahead.unshift(job);
        break;
      }
      this.#launch(job, [job], 'data');
    }
    while (!isFull() && this.#count('control') < 2 * this.#lanes && this.#mayReserve()) {
      const job = await this.#nextReserve();
      if (job === null || isFull()) break;
      const members = job.groupId === null ? [job] : await this.#shared.gather(job);
      if (members !== null) this.#launch(job, members, 'control');
    }
  }

  get #lanes(): number {
    return Math.max(1, Math.min(this.#limit.lanes, this.#shared.options.laneCeiling(this.#id)));
  }

  #count(lane: Lane): number {
    let count = 0;
    for (const run of this.#own) if (run.lane === lane) count += 1;
    return count;
  }

  #claimed(): readonly JobId[] {
    return [...this.#shared.runs.keys(), ...this.claimedIds, ...this.#finishers.ids, ...this.#uploads.ids];
  }

  async #nextUpload(): Promise<StoredJob | null> {
    const isBigLaneTaken = this.#lanes > 1 && this.#largeInData() >= this.#lanes - 1;
    const small = isBigLaneTaken ? this.#ahead.findIndex((job) => !isLarge(job)) : -1;
    const index = small >= 0 ? small : 0;
    const job = this.#ahead[index] ?? (await this.#uploads.next(() => this.#claimed()));
    if (job === null || job === undefined) return null;
    if (!this.#mayTakeBandwidth(job)) {
      if (!this.#ahead.includes(job)) this.#ahead.push(job);
      return null;
    }
    this.#ahead = this.#ahead.filter((other) => other !== job);
    return job;
  }

  #mayTakeBandwidth(job: StoredJob): boolean {
    if (this.#shared.isBandwidthTaken(this.#id)) return false;
    const others = [...this.#shared.runs.values()].filter((run) => run.lane === 'data');
    return mustGoAlone(job) ? others.length === 0 : !others.some((run) => mustGoAlone(run.job));
  }

  /** At most one reservation is held ahead per data lane, and only if it will not wait long against its life. */
  #mayReserve(): boolean {
    const reserving = [...this.#own].filter(
      (run) => run.job.state.name === 'reserving' || run.job.state.name === 'queued',
    );
    const pipeline = reserving.length + this.#ahead.length + this.#count('data');
    return pipeline < this.#lanes + (this.#isWaitShort() ? this.#lanes : 0);
  }

  #isWaitShort(): boolean {
    const { ttlMs, bytesPerSecond } = this.#shared.facts.of(this.#id);
    if (ttlMs === null) return true;
    let shortestMs = Number.POSITIVE_INFINITY;
    for (const run of this.#own) {
      if (run.lane !== 'data') continue;
      const speed = run.speed.read() ?? bytesPerSecond;
      const remaining = run.job.file.sizeBytes - run.bytesSent;
      const waitMs =
        remaining < smallFileBytes ? 0 : speed === null || speed <= 0 ? ttlMs : (remaining * 1000) / speed;
      shortestMs = Math.min(shortestMs, waitMs);
    }
    return shortestMs < ttlMs / 4;
  }

  async #nextReserve(): Promise<StoredJob | null> {
    const claimed = () => [...this.#claimed(), ...this.#reserves.ids, ...this.#smallReserves.ids];
    const large =
      [...this.#own].filter((run) => isLarge(run.job)).length + this.#ahead.filter(isLarge).length;
    if (this.#lanes > 1 && large >= this.#lanes - 1) {
      const small = await this.#smallReserves.next(claimed);
      if (small !== null) return small;
    }
    return this.#reserves.next(claimed);
  }

  #largeInData(): number {
    return [...this.#own].filter((run) => run.lane === 'data' && isLarge(run.job)).length;
  }

  #launch(job: StoredJob, members: readonly StoredJob[], lane: Lane): void {
    const { runs, options } = this.#shared;
    if (members.some((member) => runs.has(member.id))) return;
    const run = new Run(job, members, lane, options.clock, (bytes) => this.#shared.bytesMoved(bytes));
    this.#own.add(run);
    for (const member of members) runs.set(member.id, run);
    this.#go(run)
      .catch((error) => this.#shared.surprise(error))
      .finally(() => {
        this.#own.delete(run);
        for (const member of members) runs.delete(member.id);
        run.end();
        this.#shared.runEnded(run.members);
        this.wake();
      });
  }

  async #go(run: Run): Promise<void> {
    const { ledger, options } = this.#shared;
    if (run.job.state.name !== 'processing') {
      const started = await run.inTurn(async () => {
        const jobs = await ledger.commit(
          run.members.map((job) => ({ job, event: { type: 'started', freshKey: options.newKey() } })),
        );
        run.keep(jobs ?? []);
        return jobs;
      });
      const [first] = started ?? [];
      if (first === undefined) return;
      run.job = first;
    }
    await drive(run, {
      context: this.#shared.context,
      ledger,
      changeLane: (moving, lane) => {
        if (moving.lane === lane) return;
        moving.lane = lane;
        this.pump();
      },
      claimDataLane: (claiming) => this.#claimDataLane(claiming),
      hear: (news) => this.#hear(news),
      holdAhead: (jobs) => this.#ahead.push(...jobs),
      arrived: (job) => this.#arrived(job),
      hasProgressed: (job, bytesSent) => this.#shared.hasProgressed(job, bytesSent),
      regroup: (job, remoteId) => this.#shared.regroup(job, remoteId),
    });
  }

  #claimDataLane(run: Run): boolean {
    if (this.#count('data') >= this.#lanes || this.#ahead.length > 0) return false;
    if (this.#shared.gate(this.#id) === 'closed' || !this.#mayTakeBandwidth(run.job)) return false;
    run.lane = 'data';
    this.pump();
    return true;
  }

  #hear(news: DestinationNews): void {
    if (news.kind === 'throttled')
      this.#limit = afterThrottle(this.#limit, this.#shared.options.clock.monotonic());
    this.#shared.hear(this.#id, news);
  }

  #arrived(job: StoredJob): void {
    const { options } = this.#shared;
    const ceiling = options.laneCeiling(this.#id);
    this.#limit = afterArrival(this.#limit, job.file.sizeBytes, ceiling, options.clock.monotonic());
  }
}

const isLarge = (job: StoredJob) => job.file.sizeBytes >= smallFileBytes;
const mustGoAlone = (job: StoredJob) => job.renewalsInRow >= aloneAfterRenewals;
