/** One attempt of a job (or of a flow run's jobs together) in this process, with its abort. */

import type { Exchange } from '#ports/api-client.ts';
import type { Clock } from '#ports/clock.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { canPause, type JobId } from '#shared/job.ts';
import type { JobEvent, ResumePoint } from './events.ts';
import { burstMs, createSpeedMeter, type SpeedMeter } from './speed.ts';
import type { RunRecord } from './timeline.ts';

/** What the outside may do to a job that runs; `resume` is filled in from where the run stands. */
export type OutsideEvent =
  | { readonly type: 'paused' }
  | { readonly type: 'canceled' }
  | { readonly type: 'interrupted' }
  | Extract<JobEvent, { type: 'regrouped' }>
  | Extract<JobEvent, { type: 'changed' }>;

/** The reason with which a run's signal aborts: what happened, to which of its jobs. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly event: OutsideEvent;
  readonly jobId: JobId;
  constructor(event: OutsideEvent, jobId: JobId) {
    super(`The run was ${event.type}.`);
    this.event = event;
    this.jobId = jobId;
  }
}

/** A request that was cut within this distance of the end may have arrived whole: progress is told 10 times a second. */
const doubtfulTailBytes = 16 * 1024 * 1024;

/** `none`: its request is over, and only what came of it is being written. */
export type Lane = 'data' | 'control' | 'none';

export class Run {
  job: StoredJob;
  /** All jobs of the run: more than one only while a flow run is reserved. */
  members: readonly StoredJob[];
  /** A data lane carries bytes, a control lane the short requests; a run moves from one to the other. */
  lane: Lane;
  /** When it took its lane, monotonic ms. */
  laneSince: number;
  /** The job as the interruption left it, once that is on disk. */
  taken: StoredJob | null = null;
  hasEnded = false;
  readonly abort = new AbortController();
  readonly ended = Promise.withResolvers<void>();
  readonly speed: SpeedMeter;
  bytesSent = 0;
  /** The transfer was started: a small file may have gone whole before anything was told of it. */
  hasBegun = false;
  isTargetReusable = true;
  /** When its last request left, monotonic ms. */
  askedAt: number;
  /** The target came within this very run: it is tried whatever its life. */
  isTargetFresh = false;
  readonly #clock: Clock;
  readonly #onBytes: (bytes: number) => void;
  #startedAt: number;
  #turn: Promise<unknown> = Promise.resolve();
  #exchanges: Exchange[] = [];
  #notes: string[] = [];

  constructor(
    job: StoredJob,
    members: readonly StoredJob[],
    lane: Lane,
    clock: Clock,
    onBytes: (bytes: number) => void,
  ) {
    this.job = job;
    this.members = members;
    this.lane = lane;
    this.speed = createSpeedMeter(clock, burstMs);
    this.#clock = clock;
    this.#onBytes = onBytes;
    this.#startedAt = clock.monotonic();
    this.laneSince = this.#startedAt;
    this.askedAt = this.#startedAt;
  }

  moveTo(lane: Lane): void {
    this.lane = lane;
    this.laneSince = this.#clock.monotonic();
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get interruption(): Interruption | null {
    const { reason } = this.abort.signal;
    return reason instanceof Interruption ? reason : null;
  }

  /** Stops what runs; the run commits the event when it has come to rest. The first reason stays. */
  interrupt(event: OutsideEvent, jobId: JobId): void {
    if (!this.abort.signal.aborted) this.abort.abort(new Interruption(event, jobId));
  }

  wasInterruptedBy(event: OutsideEvent, jobId: JobId): boolean {
    return this.interruption?.event === event && this.interruption.jobId === jobId;
  }

  end(): void {
    this.hasEnded = true;
    this.ended.resolve();
  }

  /** Writes of the run, and of others to its rows while it goes on, come one after the other. */
  inTurn<T>(write: () => Promise<T>): Promise<T> {
    const written = this.#turn.then(write);
    this.#turn = written.catch(() => {});
    return written;
  }

  memberOf(id: JobId): StoredJob | null {
    return this.members.find((member) => member.id === id) ?? null;
  }

  /** Its jobs as they are on disk now. */
  keep(jobs: readonly StoredJob[]): void {
    const kept = (before: StoredJob) => jobs.find((job) => job.id === before.id) ?? before;
    this.job = kept(this.job);
    this.members = this.members.map(kept);
  }

  noteExchange(exchange: Exchange): void {
    this.#exchanges.push(exchange);
  }

  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  progress(bytesSent: number): void {
    if (bytesSent > this.bytesSent) this.#onBytes(bytesSent - this.bytesSent);
    this.bytesSent = Math.max(this.bytesSent, bytesSent);
    this.speed.record(this.bytesSent);
  }

  /** What this step saw, for the timeline; the next step starts afresh. */
  takeRecord(): RunRecord {
    const record = {
      exchanges: this.#exchanges,
      notes: this.#notes,
      durationMs: this.#clock.monotonic() - this.#startedAt,
      bytesSent: this.bytesSent,
    };
    this.#exchanges = [];
    this.#notes = [];
    this.#startedAt = this.#clock.monotonic();
    return record;
  }

  /** Where the job goes on after it was cut off here. */
  resumePoint(): ResumePoint {
    if (this.job.state.name !== 'uploading' || !this.hasBegun) return 'same';
    if (this.job.file.sizeBytes - this.bytesSent < doubtfulTailBytes) return 'inspect';
    return this.isTargetReusable ? 'same' : 'renew';
  }

  /** What the interruption means for one of the run's jobs: the others only stop. */
  eventFor(interruption: Interruption, jobId: JobId): JobEvent {
    const event: OutsideEvent = jobId === interruption.jobId ? interruption.event : { type: 'interrupted' };
    switch (event.type) {
      case 'paused': {
        // It may have gone on, while it was told, to a step that is not worth a stop: then it is queued, and paused there.
        const state = this.memberOf(jobId)?.state.name;
        const type = state === undefined || canPause(state) ? 'paused' : 'interrupted';
        return { type, resume: this.resumePoint() };
      }
      case 'interrupted':
        return { type: 'interrupted', resume: this.resumePoint() };
      case 'canceled':
        return { type: 'canceled', resume: this.resumePoint() };
      case 'regrouped':
      case 'changed':
        return event;
    }
  }
}
