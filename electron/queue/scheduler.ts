/** Wakes the lanes: by new work, by ended runs, by time. Knows which destinations there are and what holds them. */

import type { StoredJob } from '#ports/stored-job.ts';
import type { Failure } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { redact } from '#shared/redact.ts';
import type { FactBook } from './facts.ts';
import { createFlowRuns, type FlowRuns } from './flow-runs.ts';
import type { Gate, Holds } from './holds.ts';
import { type LaneSharing, Lanes } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { QueueOptions } from './options.ts';
import type { OutsideEvent, Run } from './run.ts';
import { createSpeedMeter, type SpeedMeter } from './speed.ts';
import type { StepContext } from './step-context.ts';
import { createTell, type Tell } from './tell.ts';

const dueBatch = 200;
/** A safety net: whatever was missed is found by this look. */
const longestSleepMs = 60_000;
const apiHeardMs = 30_000;
/**
 * A try got further than all before it by this much, or it did not: what the buffers of both ends hold differs by some MiB
 * from try to try, and a line that breaks at the same place for ever must not look like progress.
 */
const leastProgressBytes = 8 * 1024 * 1024;

export class Scheduler {
  readonly #options: QueueOptions;
  readonly #ledger: Ledger;
  readonly #holds: Holds;
  readonly #lanes = new Map<string, Lanes>();
  readonly #flowRuns: FlowRuns;
  readonly runs = new Map<JobId, Run>();
  readonly tell: Tell;
  /** Over all transfers. */
  readonly totalSpeed: SpeedMeter;
  #totalBytes = 0;
  readonly #shared: LaneSharing;
  readonly #mostBytes = new Map<JobId, number>();
  readonly #heardAt = new Map<string, number>();
  #isSuspended = false;
  #isStopped = false;
  #cancelTimer: (() => void) | null = null;
  #timerAt = Number.POSITIVE_INFINITY;
  #isLooking = false;
  #mustLookAgain = false;

  constructor(options: QueueOptions, parts: { ledger: Ledger; holds: Holds; facts: FactBook }) {
    this.#options = options;
    this.#ledger = parts.ledger;
    this.#holds = parts.holds;
    this.totalSpeed = createSpeedMeter(options.clock);
    const context: StepContext = {
      options,
      facts: parts.facts,
      wasApiHeard: (id) =>
        options.clock.monotonic() - (this.#heardAt.get(id) ?? Number.NEGATIVE_INFINITY) < apiHeardMs,
      apiHeard: (id) => this.#heardAt.set(id, options.clock.monotonic()),
      doubts: new Map(),
    };
    this.tell = createTell(options.journal, parts.ledger, this.runs);
    this.#flowRuns = createFlowRuns({
      journal: options.journal,
      tell: this.tell,
      wake: (id) => this.wake(id),
      surprise: (error) => this.surprise(error),
    });
    this.#shared = {
      context,
      options,
      ledger: parts.ledger,
      facts: parts.facts,
      runs: this.runs,
      gate: (id) => this.gate(id),
      hear: (id, news) => {
        this.#holds.hear(id, news);
        if (news.kind === 'throttled' || news.kind === 'unreachable' || news.kind === 'failing')
          this.lookSoon();
      },
      hasProgressed: (job, bytesSent) => this.#hasProgressed(job, bytesSent),
      flowRuns: this.#flowRuns,
      wantingBandwidth: () => [...this.#lanes.values()].flatMap((lanes) => lanes.wantingBandwidth),
      bytesMoved: (bytes) => {
        this.#totalBytes += bytes;
        this.totalSpeed.record(this.#totalBytes);
      },
      runEnded: (jobs) => this.#runEnded(jobs),
      surprise: (error) => this.surprise(error),
    };
  }

  /** Why nothing starts there at the moment; `closed` by the user, the disk, sleep or the service. */
  gate(destinationId: string): Gate {
    if (
      !this.#options.startsWork ||
      this.#isStopped ||
      this.#isSuspended ||
      this.#ledger.diskFailure !== null
    )
      return 'closed';
    if (this.#options.settings().isPaused || this.#options.isDestinationPaused(destinationId))
      return 'closed';
    return this.#holds.gate(destinationId);
  }

  holdOf(destinationId: string): Omit<DestinationHold, 'destinationId'> | null {
    if (this.#options.settings().isPaused || this.#options.isDestinationPaused(destinationId)) {
      return { kind: 'paused', until: null, failure: null };
    }
    const disk: Failure | null = this.#ledger.diskFailure;
    if (disk !== null) return { kind: 'disk-full', until: null, failure: disk };
    return this.#holds.holdOf(destinationId);
  }

  /** A destination that may have work. */
  wake(destinationId: string, order: 'same' | 'changed' = 'same'): void {
    if (this.#isStopped) return;
    this.#lanesOf(destinationId).wake(order);
    // Polls and waits that were read before are looked up anew.
    if (order === 'changed') this.lookSoon();
  }

  wakeAll(order: 'same' | 'changed' = 'same'): void {
    for (const id of this.#lanes.keys()) this.wake(id, order);
    this.lookSoon();
  }

  /** Rows as they are on disk now. */
  saved(jobs: readonly StoredJob[]): void {
    this.#flowRuns.moved(jobs);
  }

  /** Look at what is due, then set the timer for what is next. */
  lookSoon(): void {
    this.#mustLookAgain = true;
    if (this.#isLooking || this.#isStopped) return;
    this.#isLooking = true;
    this.#look()
      .catch((error) => this.surprise(error))
      .finally(() => {
        this.#isLooking = false;
        if (this.#mustLookAgain) this.lookSoon();
      });
  }

  /** Cuts off what runs; resolves when all of it has come to rest on disk. */
  async interruptAll(event: OutsideEvent, of: (run: Run) => boolean = () => true): Promise<void> {
    const runs = [...new Set(this.runs.values())].filter(of);
    for (const run of runs) run.interrupt(event, run.job.id);
    await Promise.all(runs.map((run) => run.ended.promise));
  }

  async suspend(): Promise<void> {
    this.#isSuspended = true;
    for (const lanes of this.#lanes.values()) lanes.wake('changed');
    await this.interruptAll({ type: 'interrupted' });
  }

  awake(): void {
    this.#isSuspended = false;
    this.#holds.probeNow();
    this.wakeAll('changed');
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    for (const lanes of this.#lanes.values()) lanes.stop();
    await this.interruptAll({ type: 'interrupted' });
  }

  surprise(error: unknown): void {
    if (this.#isStopped) return;
    const what = error instanceof Error ? redact(`${error.name}: ${error.message}`) : 'unknown';
    this.#options.onNotice(`Hoist met an error of its own (${what}). It tries again by itself.`);
    this.#wakeAt(this.#options.clock.now() + 1000);
  }

  #lanesOf(destinationId: string): Lanes {
    const known = this.#lanes.get(destinationId);
    if (known !== undefined) return known;
    const lanes = new Lanes(destinationId, this.#shared);
    this.#lanes.set(destinationId, lanes);
    return lanes;
  }

  async #look(): Promise<void> {
    while (this.#mustLookAgain && !this.#isStopped) {
      this.#mustLookAgain = false;
      const now = this.#options.clock.now();
      const jobs = await this.#options.journal.due(now, this.#claimed(), dueBatch);
      await this.#handleDue(jobs);
      if (jobs.length === dueBatch) this.#mustLookAgain = true;
    }
    if (this.#isStopped) return;
    for (const lanes of this.#lanes.values()) lanes.pump();
    this.#wakeAt(await this.#options.journal.nextDueAt(this.#claimed()));
    this.#wakeAt(this.#holds.nextOpeningAt());
    this.#wakeAt(this.#options.clock.now() + longestSleepMs);
  }

  async #handleDue(jobs: readonly StoredJob[]): Promise<void> {
    const claimed = new Set(this.#claimed());
    await Promise.all(
      jobs.map(async (job) => {
        if (claimed.has(job.id)) return;
        if (job.state.name === 'processing') {
          this.#lanesOf(job.destinationId).poll(job);
          return;
        }
        const queued = await this.#ledger.commit([{ job, event: { type: 'due' } }]);
        if (queued !== null) this.#lanesOf(job.destinationId).queuedAgain(queued);
      }),
    );
  }

  #claimed(): readonly JobId[] {
    return [...this.runs.keys(), ...[...this.#lanes.values()].flatMap((lanes) => lanes.claimedIds)];
  }

  /** Makes sure of a look at this time; an earlier one that is planned stays. */
  #wakeAt(at: number | null): void {
    if (at === null || at >= this.#timerAt || this.#isStopped) return;
    this.#cancelTimer?.();
    this.#timerAt = at;
    this.#cancelTimer = this.#options.clock.setTimer(Math.max(1, at - this.#options.clock.now()), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.lookSoon();
    });
  }

  #runEnded(jobs: readonly StoredJob[]): void {
    for (const { state } of jobs) {
      if (state.name === 'waiting') this.#wakeAt(state.until);
      if (state.name === 'processing') this.#wakeAt(state.pollAt);
    }
    // Somebody may wait for the whole bandwidth, and somebody may have given it back.
    for (const lanes of this.#lanes.values()) lanes.pump();
  }

  #hasProgressed(job: StoredJob, bytesSent: number): boolean {
    const before = this.#mostBytes.get(job.id) ?? 0;
    if (before > 0 && bytesSent < before + leastProgressBytes) return false;
    this.#mostBytes.set(job.id, Math.max(before, bytesSent));
    // The first try sets the mark: only a later one can be better than it.
    return before > 0;
  }
}
