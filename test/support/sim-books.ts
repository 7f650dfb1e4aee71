/** Watches a world from outside and says where a promise is broken. */
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';
import { versionName } from './sim-files.ts';
import type { SimSlot } from './sim-service.ts';
import type { SimWorld } from './sim-world.ts';

/** Holds of the trouble before are over by then. */
const settlingMs = 120_000;
const longestIdleMs = 5000;

/** The slots that one generation of a job held. */
const lifeOf = (job: StoredJob) => `${job.id}.${job.generation}`;

export class SimBooks {
  readonly problems: string[] = [];
  readonly #world: SimWorld;
  readonly #slots = new Map<string, Set<string>>();
  readonly #seenRevision = new Map<JobId, number>();
  /** Since when there is no trouble, ms of the world; null: there still may be. */
  calmSince: number | null = null;
  #idleSince: number | null = null;
  readonly #progress = new Map<JobId, { readonly revision: number; readonly bytes: number }>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  /** After everything that happens. */
  look(): void {
    for (const job of this.#world.keeper.disk.jobs.values()) {
      if (this.#seenRevision.get(job.id) === job.revision) continue;
      this.#seenRevision.set(job.id, job.revision);
      this.#noteSlot(job);
    }
    if (!this.#world.isOpen) return;
    this.#lookForIdleness();
    for (const { job, bytesSent } of this.#world.queue.active()) {
      const before = this.#progress.get(job.id);
      if (before?.revision === job.revision && bytesSent < before.bytes)
        this.problems.push(`Progress of job ${job.id} went back from ${before.bytes} to ${bytesSent}.`);
      if (bytesSent > job.file.sizeBytes) this.problems.push(`Job ${job.id} sent more than it has.`);
      if (job.state.name === 'uploading' && bytesSent === job.file.sizeBytes && bytesSent > 0)
        this.problems.push(`Job ${job.id} shows 100 % before the store's answer.`);
      this.#progress.set(job.id, { revision: job.revision, bytes: bytesSent });
    }
  }

  /** When all has come to rest. */
  async close(accepted: ReadonlySet<JobId>): Promise<void> {
    const jobs = await this.#world.keeper.jobs();
    const known = new Set(jobs.map(({ id }) => id));
    for (const id of accepted) if (!known.has(id)) this.problems.push(`Job ${id} is lost.`);
    for (const job of jobs) {
      this.#checkEnd(job);
      await this.#checkTimeline(job);
    }
    this.#checkBodies();
    this.#checkAssets(jobs);
    this.#checkWatchFiles(known);
  }

  /** The look that the queue takes once a minute would mend a wake-up that was lost: here it may not need to. */
  #lookForIdleness(): void {
    const { time, queue, keeper } = this.#world;
    if (this.calmSince === null || time.elapsed - this.calmSince < settlingMs) return;
    const isWaiting = [...keeper.disk.jobs.values()].some(
      ({ state, groupId }) => state.name === 'queued' && groupId === null,
    );
    if (!isWaiting || queue.active().length > 0) this.#idleSince = null;
    else this.#idleSince ??= time.elapsed;
    if (this.#idleSince === null || time.elapsed - this.#idleSince < longestIdleMs) return;
    this.problems.push('Work waits, and nothing is done.');
    this.#idleSince = null;
  }

  #noteSlot(job: StoredJob): void {
    if (!('reservation' in job.state) || job.state.reservation === null) return;
    const slots = this.#slots.get(lifeOf(job)) ?? new Set();
    slots.add(job.state.reservation.memo.slot ?? '');
    this.#slots.set(lifeOf(job), slots);
  }

  #checkEnd(job: StoredJob): void {
    const { state } = job;
    if (state.name === 'completed' || state.name === 'canceled') return;
    // Only what no weather can mend: a file too slow for its target, a flow run that lacks another file.
    const code = state.name === 'blocked' ? state.failure.code : '';
    if (code === 'cannot-fit' || code === 'edge-unfilled') return;
    this.problems.push(`Job ${job.id} came to rest as ${state.name} ${code}.`);
  }

  async #checkTimeline(job: StoredJob): Promise<void> {
    let attempt = 0;
    for (const entry of await this.#world.keeper.timeline(job.id)) {
      const isFree = ['expired', 'renewed', 'interrupted', 'recovered', 'paused', 'reserved'].includes(
        entry.kind,
      );
      if (isFree && entry.attempt > attempt)
        this.problems.push(`Job ${job.id} was charged an attempt for: ${entry.kind}.`);
      attempt = entry.attempt;
    }
  }

  /** Bytes that had arrived when others were begun. A body that was still on its way could not be known of. */
  #checkBodies(): void {
    for (const ids of this.#slots.values()) {
      const slots = [...ids].flatMap((id) => this.#slotOf(id) ?? []).filter(isAskable);
      const again = slots.filter(({ begunAt }) => slots.some(({ knowableAt }) => knowableAt < begunAt));
      if (again.length > 0)
        this.problems.push(
          `Bytes that had arrived were sent again: ${again.map(({ id }) => id).join(', ')}.`,
        );
      const assets = slots.filter(({ assetId }) => assetId !== null).length;
      if (assets > 1) this.problems.push(`${slots[0]?.file.path} was confirmed ${assets} times.`);
    }
  }

  #checkAssets(jobs: readonly StoredJob[]): void {
    for (const service of this.#world.services.values()) {
      const perSlot = new Map<SimSlot, number>();
      for (const { slot } of service.assets) perSlot.set(slot, (perSlot.get(slot) ?? 0) + 1);
      for (const [slot, count] of perSlot)
        if (count > 1) this.problems.push(`${slot.id} was confirmed ${count} times.`);
    }
    for (const job of jobs) {
      if (job.state.name !== 'completed') continue;
      const { id } = job.state.asset;
      const asset = this.#world
        .service(job.destinationId)
        .assets.find((each) => each.id === id || each.slot.remoteId === id);
      if (asset === undefined) this.problems.push(`Job ${job.id} is completed without an asset.`);
      else if (asset.version !== versionName(job.file))
        this.problems.push(`Job ${job.id} is ${versionName(job.file)}, its asset ${asset.version}.`);
    }
  }

  #checkWatchFiles(known: ReadonlySet<JobId>): void {
    for (const files of this.#world.keeper.disk.watchFiles.values()) {
      for (const { fileClass, jobId, relativePath } of files.values())
        if (fileClass === 'job' && (jobId === null || !known.has(jobId)))
          this.problems.push(`${relativePath} is said to be a job, and there is none.`);
    }
  }

  #slotOf(id: string): SimSlot | null {
    for (const service of this.#world.services.values()) {
      const slot = service.slots.get(id);
      if (slot !== undefined) return slot;
    }
    return null;
  }
}

/**
 * A flow run that is lost needs all its files again; a Cyberun key that ran out in doubt cannot be asked about; a FLORA
 * asset that has its bytes gives no other form ("+" is the key of the next one); a failed asset is none. And nothing is
 * nothing.
 */
function isAskable({ kind, file, reserveKey, isVoid }: SimSlot): boolean {
  const canBeKnown = kind !== 'pupload' && kind !== 'cyberun' && !reserveKey.endsWith('+');
  return canBeKnown && file.sizeBytes > 0 && !isVoid;
}
