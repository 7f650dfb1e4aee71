/**
 * The lanes of one destination: data lanes carry bytes, twice as many control lanes carry the short requests, so that
 * latency never idles a data lane. Starts whoever is next; `drive` does the going.
 */

import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';
import { mayBegin, mustGoAlone } from './bandwidth.ts';
import type { DestinationNews } from './consequence.ts';
import { drive } from './drive.ts';
import type { FactBook } from './facts.ts';
import type { FlowRuns } from './flow-runs.ts';
import type { Gate } from './holds.ts';
import { afterArrival, afterThrottle, firstLaneLimit, isSmall, type LaneLimit } from './lane-limit.ts';
import type { Ledger } from './ledger.ts';
import { LineUp } from './line-up.ts';
import type { QueueOptions } from './options.ts';
import type { Paces } from './paces.ts';
import { roomAhead, type SendingFile } from './reserve-ahead.ts';
import { type Lane, Run } from './run.ts';
import type { StepContext } from './step-context.ts';
import { createUsualTime, usualMsFor } from './usual-time.ts';

export interface LaneSharing {
  readonly context: StepContext;
  readonly options: QueueOptions;
  readonly ledger: Ledger;
  readonly facts: FactBook;
  /** All runs of the process by job. */
  readonly runs: Map<JobId, Run>;
  readonly paces: Paces;
  gate(destinationId: string): Gate;
  hear(destinationId: string, news: DestinationNews): void;
  hasProgressed(job: StoredJob, bytesSent: number): boolean;
  readonly flowRuns: FlowRuns;
  /** Of all destinations: who is ready to send, if it may do so alone. */
  wantingBandwidth(): readonly StoredJob[];
  bytesMoved(bytes: number): void;
  runEnded(jobs: readonly StoredJob[]): void;
  surprise(error: unknown): void;
}

export class Lanes {
  readonly #id: string;
  readonly #shared: LaneSharing;
  readonly #own = new Set<Run>();
  readonly #lineUp: LineUp;
  readonly #reserveTime = createUsualTime();
  /** Of small files in a data lane. */
  readonly #sendTime = createUsualTime();
  #limit: LaneLimit;
  /** The one run that looks whether the service is back. */
  #probing: Run | null = null;
  #roomSeen = 0;
  #isPumping = false;
  #mustPumpAgain = false;
  #isStopped = false;

  constructor(destinationId: string, shared: LaneSharing) {
    this.#id = destinationId;
    this.#shared = shared;
    const { journal, clock, laneCeiling } = shared.options;
    this.#lineUp = new LineUp(destinationId, journal, () => [
      ...shared.runs.keys(),
      ...shared.flowRuns.parkedIds(),
    ]);
    this.#limit = firstLaneLimit(laneCeiling(destinationId), clock.monotonic());
  }

  get claimedIds(): readonly JobId[] {
    return this.#lineUp.claimedIds;
  }

  get wantingBandwidth(): readonly StoredJob[] {
    const wanting = this.#lineUp.ahead.filter(mustGoAlone);
    return wanting.length === 0 || this.#shared.gate(this.#id) === 'closed' ? [] : wanting;
  }

  /** A job that does not run was written: queued again, it goes before younger ones that were read ahead. */
  rowChanged(job: StoredJob): void {
    this.#lineUp.update(job);
    if (job.state.name === 'queued') this.wake();
  }

  /** There may be new work; `order`: rows that were read ahead may be stale. */
  wake(order: 'same' | 'changed' = 'same'): void {
    if (order === 'changed') this.#lineUp.forget();
    else this.#lineUp.wake();
    this.pump();
  }

  /** Jobs in `processing` whose poll is due. */
  poll(job: StoredJob): void {
    this.#lineUp.poll(job);
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
    this.#lineUp.forget();
  }

  async #pumpAll(): Promise<void> {
    while (this.#mustPumpAgain && !this.#isStopped) {
      this.#mustPumpAgain = false;
      await this.#finish();
      await this.#send();
      await this.#reserve();
    }
  }

  async #finish(): Promise<void> {
    while (this.#mayStart('control')) {
      const job = await this.#lineUp.nextFinisher();
      if (job === null) return;
      await this.#start(job, 'control');
    }
  }

  async #send(): Promise<void> {
    while (this.#mayStart('data')) {
      await this.#lineUp.readAhead(this.#lanes);
      if (!this.#mayStart('data')) return;
      const job = this.#lineUp.takeAhead(this.#isBigLaneTaken('sending'), (next) => this.#mayBegin(next));
      if (job === null) return;
      await this.#start(job, 'data');
    }
  }

  async #reserve(): Promise<void> {
    while (this.#mayStart('control')) {
      await this.#lineUp.readAhead(this.#lanes);
      if (!this.#hasRoom()) return;
      const job = await this.#lineUp.nextReserve(this.#isBigLaneTaken('on its way'));
      if (job === null) return;
      if (mustGoAlone(job)) {
        // Its target would run out while others send: it asks for it when it has the bandwidth.
        this.#lineUp.holdAhead([job]);
        this.#mustPumpAgain = true;
      } else {
        await this.#start(job, 'control');
      }
    }
  }

  #mayStart(lane: 'data' | 'control'): boolean {
    if (this.#isStopped || this.#count(lane) >= (lane === 'data' ? 1 : 2) * this.#lanes) return false;
    if (!this.#shared.paces.hasRoom(this.#id)) return false;
    const gate = this.#shared.gate(this.#id);
    return gate === 'open' || (gate === 'probe' && this.#probing === null);
  }

  #mayBegin(job: StoredJob): boolean {
    const sending: StoredJob[] = [];
    for (const run of this.#shared.runs.values()) if (run.lane === 'data') sending.push(run.job);
    return mayBegin(job, sending, this.#shared.wantingBandwidth());
  }

  get #lanes(): number {
    return Math.max(1, Math.min(this.#limit.lanes, this.#shared.options.laneCeiling(this.#id)));
  }

  #count(lane: Lane): number {
    let count = 0;
    for (const run of this.#own) if (run.lane === lane) count += 1;
    return count;
  }

  /** With more than one lane, one takes only small files while there are any. */
  #isBigLaneTaken(of: 'sending' | 'on its way'): boolean {
    const isCounted = (run: Run) => run.lane === 'data' || (of === 'on its way' && isReserving(run));
    const runs = [...this.#own].filter((run) => isCounted(run) && !isSmall(run.job)).length;
    const ahead = of === 'sending' ? 0 : this.#lineUp.ahead.filter((job) => !isSmall(job)).length;
    return this.#lanes > 1 && runs + ahead >= this.#lanes - 1;
  }

  /** Whether one more may be on its way to a data lane. */
  #hasRoom(): boolean {
    let onTheirWay = this.#lineUp.ahead.length;
    for (const run of this.#own) if (run.lane === 'data' || isReserving(run)) onTheirWay += 1;
    this.#roomSeen = this.#roomAhead();
    return onTheirWay < this.#lanes + this.#roomSeen;
  }

  #roomAhead(): number {
    const { ttlMs, bytesPerSecond } = this.#shared.facts.of(this.#id);
    const now = this.#shared.options.clock.monotonic();
    const sending: SendingFile[] = [];
    for (const run of this.#own) {
      if (run.lane !== 'data') continue;
      sending.push({
        sizeBytes: run.job.file.sizeBytes,
        bytesSent: run.bytesSent,
        bytesPerSecond: run.speed.read() ?? bytesPerSecond,
        usualMs: isSmall(run.job) ? usualMsFor(this.#sendTime, now - run.laneSince) : null,
      });
    }
    return roomAhead(sending, { ttlMs, reserveMs: this.#reserveTime.ms });
  }

  async #start(job: StoredJob, lane: 'data' | 'control'): Promise<void> {
    const mustGather = job.groupId !== null && job.state.name === 'queued' && job.state.step === 'reserve';
    const members = mustGather ? await this.#shared.flowRuns.gather(job) : [job];
    if (members === null) return;
    if (this.#mayStart(lane)) this.#launch(job, members, lane);
    else this.#lineUp.putBack(job);
  }

  #launch(job: StoredJob, members: readonly StoredJob[], lane: Lane): void {
    const { runs, options } = this.#shared;
    if (members.some((member) => runs.has(member.id))) return;
    const run = new Run(job, members, lane, options.clock, (bytes) => this.#moved(bytes));
    if (this.#shared.gate(this.#id) === 'probe') this.#probing = run;
    this.#own.add(run);
    for (const member of members) runs.set(member.id, run);
    this.#go(run)
      .catch((error) => this.#shared.surprise(error))
      .finally(() => {
        this.#own.delete(run);
        if (this.#probing === run) this.#probing = null;
        for (const member of members) runs.delete(member.id);
        run.end();
        this.#lineUp.insert(run.members);
        this.#shared.runEnded(run.members);
        // A completed job makes no work, and one that is ahead is known. Of any other, its row may be queued again, by the run
        // or by somebody else.
        const isKnown = (member: StoredJob) =>
          member.state.name === 'completed' || this.#lineUp.ahead.some(({ id }) => id === member.id);
        if (run.members.every(isKnown)) this.pump();
        else this.wake();
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
        const sinceMs = options.clock.monotonic() - moving.laneSince;
        if (moving.lane === 'data' && isSmall(moving.job)) this.#sendTime.note(sinceMs);
        moving.moveTo(lane);
        this.pump();
      },
      claimDataLane: (claiming) => this.#claimDataLane(claiming),
      hear: (news) => this.#hear(news),
      holdAhead: (jobs) => this.#lineUp.holdAhead(jobs),
      arrived: (job) => this.#arrived(job),
      hasProgressed: (job, bytesSent) => this.#shared.hasProgressed(job, bytesSent),
      regroup: (job, remoteId) => this.#shared.flowRuns.regroup(job, remoteId),
      review: (job) => this.#shared.flowRuns.review(job),
    });
  }

  /** Asked when a reservation is there. */
  #claimDataLane(run: Run): boolean {
    if (run.lane === 'data') return true;
    this.#reserveTime.note(this.#shared.options.clock.monotonic() - run.laneSince);
    if (this.#count('data') >= this.#lanes || this.#lineUp.ahead.length > 0) return false;
    if (this.#shared.gate(this.#id) === 'closed' || !this.#mayBegin(run.job)) return false;
    run.moveTo('data');
    this.pump();
    return true;
  }

  #moved(bytes: number): void {
    this.#shared.bytesMoved(bytes);
    // A lane will be free soon: its next reservation is asked for now.
    if (this.#roomAhead() > this.#roomSeen) this.pump();
  }

  #hear(news: DestinationNews): void {
    const { gate, options, paces } = this.#shared;
    const before = gate(this.#id);
    // Many runs hear the same "slow down" at once; it is one. Once there is a pace, that becomes slower instead.
    if (news.kind === 'throttled' && before !== 'closed' && !paces.isPaced(this.#id))
      this.#limit = afterThrottle(this.#limit, options.clock.monotonic());
    this.#shared.hear(this.#id, news);
    if (before !== 'open' && gate(this.#id) === 'open') this.pump();
  }

  #arrived(job: StoredJob): void {
    const { options } = this.#shared;
    const ceiling = options.laneCeiling(this.#id);
    this.#limit = afterArrival(this.#limit, job.file.sizeBytes, ceiling, options.clock.monotonic());
  }
}

/** Or about to. */
function isReserving({ job: { state } }: Run): boolean {
  return state.name === 'reserving' || (state.name === 'queued' && state.step === 'reserve');
}
