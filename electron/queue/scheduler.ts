/** Wakes the lanes: by new work, by ended runs, by time. Knows which destinations there are and what holds them. */

import type { StoredJob } from '#ports/stored-job.ts';
import type { Failure } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { createClockWatch } from './clock-watch.ts';
import type { FactBook } from './facts.ts';
import { createFlowRuns, type FlowRuns } from './flow-runs.ts';
import type { Gate, Holds } from './holds.ts';
import { type LaneSharing, Lanes } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { QueueOptions } from './options.ts';
import { createPaces } from './paces.ts';
import { ProgressMarks } from './progress-marks.ts';
import type { OutsideEvent, Run } from './run.ts';
import { createSpeedMeter, type SpeedMeter } from './speed.ts';
import type { StepContext } from './step-context.ts';
import { createSurprises, restMs, type Surprises } from './surprises.ts';
import { createTell, createTellNow, type Tell } from './tell.ts';

const dueBatch = 200;
/** A safety net: whatever was missed is found by this look. */
const longestSleepMs = 60_000;
const apiHeardMs = 30_000;
/** Nothing is told to wait longer: Retry-After is believed up to an hour. */
const longestWaitMs = 3_700_000;

export class Scheduler {
  readonly #options: QueueOptions;
  readonly #ledger: Ledger;
  readonly #holds: Holds;
  readonly #lanes = new Map<string, Lanes>();
  readonly #flowRuns: FlowRuns;
  readonly runs = new Map<JobId, Run>();
  /** Waits for room on a full disk. */
  readonly tell: Tell;
  /** Rejects with `disk-full` instead. */
  readonly tellNow: Tell;
  /** Over all transfers. */
  readonly totalSpeed: SpeedMeter;
  #totalBytes = 0;
  readonly #shared: LaneSharing;
  readonly #marks = new ProgressMarks();
  readonly #alarm: Alarm;
  readonly #surprises: Surprises;
  readonly #clockSetBackMs: () => number;
  readonly #heardAt = new Map<string, number>();
  #isSuspended = false;
  #isStopped = false;
  #netAt = 0;
  #isLooking = false;
  #isClockDoubted = false;
  #mustLookAgain = false;

  constructor(options: QueueOptions, parts: { ledger: Ledger; holds: Holds; facts: FactBook }) {
    this.#options = options;
    this.#ledger = parts.ledger;
    this.#holds = parts.holds;
    this.totalSpeed = createSpeedMeter(options.clock);
    const paces = createPaces({ clock: options.clock, heldMs: (id) => this.#holds.throttledMs(id) });
    const context: StepContext = {
      options,
      facts: parts.facts,
      wasApiHeard: (id) =>
        options.clock.monotonic() - (this.#heardAt.get(id) ?? Number.NEGATIVE_INFINITY) < apiHeardMs,
      apiHeard: (id) => this.#heardAt.set(id, options.clock.monotonic()),
      turn: (run) => paces.turn(run),
      isThrottled: (id) => this.#holds.throttledMs(id) > 0,
      liftsOf: (id) => this.#holds.liftsOf(id),
      doubts: new Map(),
    };
    this.#alarm = createAlarm(options.clock, () => this.lookSoon());
    this.#clockSetBackMs = createClockWatch(options.clock);
    this.#surprises = createSurprises(options.clock, options.onNotice, () =>
      this.#alarm.ringAt(options.clock.now() + restMs),
    );
    this.tell = createTell(options.journal, (steps) => parts.ledger.commit(steps), this.runs);
    this.tellNow = createTellNow(options.journal, parts.ledger, this.runs);
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
      paces,
      gate: (id) => this.gate(id),
      hear: (id, news) => {
        this.#holds.hear(id, paces.hear(id, news));
        paces.held(id);
        if (news.kind === 'throttled' || news.kind === 'unreachable' || news.kind === 'failing')
          this.lookSoon();
      },
      hasProgressed: (job, bytesSent) => this.#marks.hasProgressed(job, bytesSent),
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
      this.#surprises.isResting ||
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

  /** The user wants a blocked destination to be tried. */
  lift(destinationId: string): void {
    this.#holds.lift(destinationId);
  }

  /** Rows as they are on disk now. */
  saved(jobs: readonly StoredJob[]): void {
    this.#marks.moved(jobs);
    for (const job of jobs) if (!this.runs.has(job.id)) this.#lanes.get(job.destinationId)?.rowChanged(job);
    this.#flowRuns.moved(jobs);
  }

  /** Look at what is due, then set the timer for what is next. */
  lookSoon(): void {
    this.#mustLookAgain = true;
    if (this.#isLooking || this.#isStopped || !this.#options.startsWork) return;
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
    this.probeNow();
  }

  /** What was found unreachable may be there again. */
  probeNow(): void {
    this.#holds.probeNow();
    this.wakeAll('changed');
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#alarm.stop();
    for (const lanes of this.#lanes.values()) lanes.stop();
    await this.interruptAll({ type: 'interrupted' });
  }

  surprise(error: unknown): void {
    if (!this.#isStopped) this.#surprises.meet(error);
  }

  #lanesOf(destinationId: string): Lanes {
    const known = this.#lanes.get(destinationId);
    if (known !== undefined) return known;
    const lanes = new Lanes(destinationId, this.#shared);
    this.#lanes.set(destinationId, lanes);
    return lanes;
  }

  async #look(): Promise<void> {
    if (this.#surprises.takeDamage()) await this.#recover();
    const setBackMs = this.#clockSetBackMs();
    if (setBackMs > 0) this.#holds.clockSetBack(setBackMs);
    // Times were written by the clock as it was: rather all of them too early than one of them hours too late.
    let isEarly = setBackMs > 0 || this.#isClockDoubted;
    this.#isClockDoubted = false;
    while (this.#mustLookAgain && !this.#isStopped) {
      this.#mustLookAgain = false;
      const now = isEarly ? Number.MAX_SAFE_INTEGER : this.#options.clock.now();
      const jobs = await this.#options.journal.due(now, this.#claimed(), dueBatch);
      isEarly &&= jobs.length === dueBatch;
      await this.#handleDue(jobs);
      if (jobs.length === dueBatch) this.#mustLookAgain = true;
    }
    if (this.#isStopped) return;
    this.#holds.tellWhatIsOver();
    const isNet = this.#options.clock.monotonic() - this.#netAt >= longestSleepMs;
    if (isNet) this.#netAt = this.#options.clock.monotonic();
    for (const lanes of this.#lanes.values()) {
      if (isNet) lanes.wake();
      else lanes.pump();
    }
    const nextDueAt = await this.#options.journal.nextDueAt(this.#claimed());
    if (nextDueAt !== null && nextDueAt - this.#options.clock.now() > longestWaitMs) {
      // The clock was set back while we did not run.
      this.#isClockDoubted = true;
      this.#mustLookAgain = true;
    }
    this.#alarm.ringAt(nextDueAt);
    this.#alarm.ringAt(this.#holds.nextOpeningAt());
    this.#alarm.ringAt(this.#options.clock.now() + longestSleepMs);
  }

  /** Rows that an error left in a state that runs, without a run, are queued again. */
  async #recover(): Promise<void> {
    const left = await this.#options.journal.unfinishedRuns(dueBatch + this.runs.size);
    await Promise.all(
      left
        .filter((job) => !this.runs.has(job.id))
        .map((job) => this.#ledger.commit([{ job, event: { type: 'recovered' } }])),
    );
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
        this.#lanesOf(job.destinationId);
        await this.#ledger.commit([{ job, event: { type: 'due' } }]);
      }),
    );
  }

  #claimed(): readonly JobId[] {
    return [...this.runs.keys(), ...[...this.#lanes.values()].flatMap((lanes) => lanes.claimedIds)];
  }

  #runEnded(jobs: readonly StoredJob[]): void {
    for (const { state } of jobs) {
      if (state.name === 'waiting') this.#alarm.ringAt(state.until);
      if (state.name === 'processing') this.#alarm.ringAt(state.pollAt);
    }
    // Somebody may wait for the whole bandwidth, and somebody may have given it back.
    for (const lanes of this.#lanes.values()) lanes.pump();
  }
}
