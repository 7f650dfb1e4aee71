/** Watches a world from outside and says where a promise or an invariant is broken. */
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId, StateName } from '#shared/job.ts';
import { versionName } from './sim-files.ts';
import type { Finding, FindingKind } from './sim-finding.ts';
import type { StoryKeeper } from './sim-keeper.ts';
import { isLegalMove } from './sim-moves.ts';
import { signatureMark } from './sim-provider.ts';
import { credentialMark, type SimSlot } from './sim-service.ts';
import type { SimWorld } from './sim-world.ts';

/** Holds of the trouble before are over by then. */
const settlingMs = 120_000;
const longestIdleMs = 5000;

/** The slots that one generation of a job held. */
const lifeOf = (job: StoredJob) => `${job.id}.${job.generation}`;

export class SimBooks {
  readonly findings: Finding[] = [];
  /** Since when there is no trouble, ms of the world; null: there still may be. */
  calmSince: number | null = null;
  /** Everything that may have cost somebody a reservation or a request. */
  upsets = 0;
  readonly #world: SimWorld<StoryKeeper>;
  readonly #slots = new Map<string, Set<string>>();
  readonly #seen = new Map<JobId, StoredJob>();
  #seenVersion = -1;
  #life = 0;
  #idleSince: number | null = null;
  readonly #progress = new Map<JobId, { readonly revision: number; readonly bytes: number }>();

  constructor(world: SimWorld<StoryKeeper>) {
    this.#world = world;
  }

  find(kind: FindingKind, text: string): void {
    this.findings.push({ kind, text });
  }

  /** A new life of the program: what is on disk may be older than what was seen. */
  reopened(): void {
    this.#life += 1;
    this.#seen.clear();
    this.#seenVersion = -1;
  }

  /** After everything that happens. */
  look(): void {
    const { keeper } = this.#world;
    if (keeper.version !== this.#seenVersion) {
      this.#seenVersion = keeper.version;
      for (const job of keeper.stored.values()) if (this.#seen.get(job.id) !== job) this.#lookAt(job);
    }
    if (!this.#world.isOpen) return;
    this.#lookForIdleness();
    for (const { job, bytesSent } of this.#world.queue.active()) this.#lookAtProgress(job, bytesSent);
  }

  /** When all has come to rest. */
  async close(accepted: ReadonlySet<JobId>): Promise<void> {
    const { keeper } = this.#world;
    const jobs = await keeper.jobs();
    const known = new Set(jobs.map(({ id }) => id));
    for (const id of accepted) if (!known.has(id)) this.find('lost', `Job ${id} is lost.`);
    for (const job of jobs) {
      this.#checkEnd(job);
      await this.#checkTimeline(job);
    }
    this.#checkBodies();
    this.#checkAssets(jobs);
    this.#checkCosts(jobs);
    this.#checkSecrets();
    for (const { fileClass, jobId, relativePath } of keeper.watchFiles())
      if (fileClass === 'job' && (jobId === null || !known.has(jobId)))
        this.find('lost', `${relativePath} is said to be a job, and there is none.`);
    for (const text of keeper.inspect([signatureMark, credentialMark]))
      this.find(text.includes('in the open') ? 'leaked' : 'broken', text);
  }

  #lookAt(job: StoredJob): void {
    const before = this.#seen.get(job.id);
    this.#seen.set(job.id, job);
    if (before !== undefined) this.#checkMove(before, job);
    if (job.state.name === 'completed') this.#checkCompleted(job);
    if (!('reservation' in job.state) || job.state.reservation === null) return;
    const slots = this.#slots.get(lifeOf(job)) ?? new Set();
    slots.add(job.state.reservation.memo.slot ?? '');
    this.#slots.set(lifeOf(job), slots);
  }

  #checkMove(before: StoredJob, job: StoredJob): void {
    const isNewVersion = before.generation !== job.generation;
    const [from, to]: readonly StateName[] = [before.state.name, job.state.name];
    if (from === undefined || to === undefined) return;
    if (!isLegalMove(from, to) && !(isNewVersion && to === 'queued'))
      this.find('broken', `Job ${job.id} went from ${from} to ${to}.`);
    if (job.revision <= before.revision)
      this.find('broken', `Job ${job.id} went from revision ${before.revision} to ${job.revision}.`);
  }

  #lookAtProgress(job: StoredJob, bytesSent: number): void {
    const before = this.#progress.get(job.id);
    if (before?.revision === job.revision && bytesSent < before.bytes)
      this.find('broken', `Progress of job ${job.id} went back from ${before.bytes} to ${bytesSent}.`);
    if (bytesSent > job.file.sizeBytes) this.find('torn', `Job ${job.id} sent more than it has.`);
    if (job.state.name === 'uploading' && bytesSent === job.file.sizeBytes && bytesSent > 0)
      this.find('broken', `Job ${job.id} shows 100 % before the store's answer.`);
    if (before?.revision !== job.revision || before.bytes !== bytesSent)
      this.#progress.set(job.id, { revision: job.revision, bytes: bytesSent });
  }

  /** The look that the queue takes once a minute would mend a wake-up that was lost: here it may not need to. */
  #lookForIdleness(): void {
    const { time, queue, keeper } = this.#world;
    if (this.calmSince === null || time.elapsed - this.calmSince < settlingMs) return;
    const isWaiting = [...keeper.stored.values()].some(
      ({ state, groupId }) => state.name === 'queued' && groupId === null,
    );
    if (!isWaiting || queue.active().length > 0) this.#idleSince = null;
    else this.#idleSince ??= time.elapsed;
    if (this.#idleSince === null || time.elapsed - this.#idleSince < longestIdleMs) return;
    this.find('broken', 'Work waits, and nothing is done.');
    this.#idleSince = null;
  }

  #checkEnd(job: StoredJob): void {
    const { state } = job;
    if (state.name === 'completed' || state.name === 'canceled') return;
    // Only what no weather can mend: a file too slow for its target, a flow run that lacks another file.
    const code = state.name === 'blocked' ? state.failure.code : '';
    if (code === 'cannot-fit' || code === 'edge-unfilled') return;
    this.find('broken', `Job ${job.id} came to rest as ${state.name} ${code}.`);
  }

  async #checkTimeline(job: StoredJob): Promise<void> {
    let attempt = 0;
    for (const entry of await this.#world.keeper.timeline(job.id)) {
      const isFree = ['expired', 'renewed', 'interrupted', 'recovered', 'paused', 'reserved'].includes(
        entry.kind,
      );
      if (isFree && entry.attempt > attempt)
        this.find('broken', `Job ${job.id} was charged an attempt for: ${entry.kind}.`);
      attempt = entry.attempt;
      this.#checkText(`The timeline of job ${job.id}`, entry);
    }
    if ('failure' in job.state) this.#checkText(`The failure of job ${job.id}`, job.state.failure);
  }

  /** In the moment in which it is said: the service has the very version, whole, and made its asset of it. */
  #checkCompleted(job: StoredJob): void {
    if (job.state.name !== 'completed') return;
    const { id } = job.state.asset;
    const asset = this.#world
      .service(job.destinationId)
      .assets.find((each) => each.id === id || each.slot.remoteId === id);
    if (asset === undefined) this.find('lost', `Job ${job.id} is completed without an asset.`);
    else if (asset.version !== versionName(job.file))
      this.find('torn', `Job ${job.id} is ${versionName(job.file)}, its asset ${asset.version}.`);
  }

  /** Bytes that had arrived when others were begun. A body that was still on its way could not be known of. */
  #checkBodies(): void {
    for (const ids of this.#slots.values()) {
      const slots = [...ids].flatMap((id) => this.#slotOf(id) ?? []).filter(isAskable);
      const again = slots.filter(({ begunAt }) => slots.some(({ knowableAt }) => knowableAt < begunAt));
      if (again.length > 0)
        this.find(
          'doubled',
          `Bytes that had arrived were sent again: ${again.map(({ id }) => id).join(', ')}.`,
        );
      const assets = slots.filter(({ assetId }) => assetId !== null).length;
      if (assets > 1) this.find('doubled', `${slots[0]?.file.path} was confirmed ${assets} times.`);
    }
  }

  #checkAssets(jobs: readonly StoredJob[]): void {
    for (const service of this.#world.services.values()) {
      const perSlot = new Map<SimSlot, number>();
      for (const { slot } of service.assets) perSlot.set(slot, (perSlot.get(slot) ?? 0) + 1);
      for (const [slot, count] of perSlot)
        if (count > 1) this.find('doubled', `${slot.id} was confirmed ${count} times.`);
    }
    for (const job of jobs) this.#checkCompleted(job);
  }

  /**
   * A reservation that came to nothing, and a request beyond those of a straight way, have a reason: a fault, a crash, a
   * file that changed, a person, a target that ran out.
   */
  #checkCosts(jobs: readonly StoredJob[]): void {
    const services = [...this.#world.services.values()];
    const reasons =
      this.upsets + jobs.reduce((sum, { generation, renewals }) => sum + generation + renewals, 0);
    const orphans = services
      .flatMap(({ slots }) => [...slots.values()])
      .filter(({ assetId }) => assetId === null).length;
    if (orphans > reasons)
      this.find('broken', `${orphans} reservations came to nothing, for ${reasons} reasons.`);
    const requests = services.reduce((sum, service) => sum + service.requests.length, 0);
    const budget = 3 * jobs.length + 12 * reasons;
    if (requests > budget) this.find('broken', `${requests} requests, where ${budget} were to be expected.`);
  }

  #checkSecrets(): void {
    for (const service of this.#world.services.values()) {
      if (service.strangeCredentials > 0) this.find('leaked', 'An API was asked with a strange credential.');
      if (service.credentialsAtStore > 0) this.find('leaked', 'A store was sent a credential.');
    }
    this.#checkText('A notice', this.#world.notices);
    for (const id of this.#world.services.keys())
      this.#checkText(`The hold of ${id}`, this.#world.queue.holdOf(id));
  }

  #checkText(where: string, what: unknown): void {
    const text = JSON.stringify(what) ?? '';
    for (const secret of [signatureMark, credentialMark])
      if (text.includes(secret)) this.find('leaked', `${where} holds ${secret}.`);
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
