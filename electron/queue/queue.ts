/** Puts the queue together and is its one way in. */

import type { Enqueued, NewJob, WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import { canRetry, type JobId } from '#shared/job.ts';
import { type Commands, createCommands } from './commands.ts';
import { isBlockedByDestination } from './consequence.ts';
import { openFactBook } from './facts.ts';
import { createHashLater } from './hash-later.ts';
import { openHolds } from './holds.ts';
import { createLedger } from './ledger.ts';
import type { QueueOptions } from './options.ts';
import { recoverRuns } from './recovery.ts';
import type { Run } from './run.ts';
import { Scheduler } from './scheduler.ts';
import { speedOfAll } from './speed.ts';
import type { Tell } from './tell.ts';

/** What is known of a running job beyond its row. */
export interface LiveJob {
  readonly job: StoredJob;
  readonly bytesSent: number;
  /** Over the last seconds; 0 where nothing moves, or is about to rest. */
  readonly bytesPerSecond: number | null;
}

export interface Queue extends Commands {
  /** How many jobs a dead process had left running: they go on. */
  readonly recovered: number;
  /** Starts the lanes of these destinations, and of every other that has something due. */
  start(destinationIds: readonly string[]): void;
  /** Given by a person. Joined jobs that had ended or stood still go on. */
  add(files: readonly NewJob[]): Promise<readonly Enqueued[]>;
  /** Found by watching: jobs and watch rows are written together. */
  addWatched(
    pairs: readonly { readonly job: NewJob; readonly file: WatchFile }[],
  ): Promise<readonly Enqueued[]>;
  /** The file of a job has other content now. */
  changed(id: JobId, file: FileVersion): Promise<void>;
  /** The file of a job has another path now. */
  moved(id: JobId, path: string, name: string): Promise<void>;
  live(id: JobId): LiveJob | null;
  active(): readonly LiveJob[];
  /** Bytes a second over all transfers: those that `active` says, and what moves beside them. */
  bytesPerSecond(): number;
  holdOf(destinationId: string): Omit<DestinationHold, 'destinationId'> | null;
  /** Key, options or network of a destination changed, or the user wants it to try: blocks are gone, blocked jobs go on. */
  unblock(destinationId: string): Promise<void>;
  /** Pause and lane settings changed: start what may start, stop what may not. */
  settingsChanged(): Promise<void>;
  /** Sleep is coming: everything is interrupted and on disk when this resolves. */
  suspend(): Promise<void>;
  awake(): void;
  /** The network is back or another one: what could not be reached is tried now, not when its pause is over. */
  networkChanged(): void;
  /** The destination is gone: what runs for it stops, and what waits for it needs somebody. */
  destinationRemoved(destinationId: string): Promise<void>;
  close(): Promise<void>;
}

export async function openQueue(options: QueueOptions): Promise<Queue> {
  const { journal, clock } = options;
  const facts = await openFactBook(journal, (error) => scheduler.surprise(error));
  const holds = await openHolds({
    journal,
    clock,
    random: options.random,
    onChange: options.onHoldsChange,
    onFailure: (error) => scheduler.surprise(error),
  });
  let isOpen = false;
  let recovered = 0;
  const diskChanged = Promise.withResolvers<void>();
  const ledger = createLedger({
    journal,
    clock,
    limits: () => options.settings(),
    onChange: options.onChange,
    onSaved: (jobs) => scheduler.saved(jobs),
    onDiskChange: () => {
      diskChanged.resolve();
      if (isOpen) options.onHoldsChange();
      scheduler.wakeAll();
    },
    onCompleted: (job) => {
      if (job.sha256 === null) hashLater.wake();
      options.onCompleted(job);
    },
  });
  const scheduler = new Scheduler(options, { ledger, holds, facts });
  const { tell, tellNow } = scheduler;
  const commands = createCommands(options, tellNow, scheduler);
  const hashLater = createHashLater(options, (error) => scheduler.surprise(error));
  const recovery = recoverRuns(journal, ledger, (count) => {
    recovered += count;
  });
  recovery.catch((error) => scheduler.surprise(error));
  // A full disk keeps nobody from opening the queue: what a dead process left goes on when there is room.
  await Promise.race([recovery, diskChanged.promise]);
  isOpen = true;

  async function goOn(results: readonly Enqueued[], files: readonly NewJob[]): Promise<readonly Enqueued[]> {
    const after = await Promise.all(
      results.map((result, index) => {
        const file = files[index]?.order.file;
        return result.outcome === 'added' || file === undefined ? result : continued(result, file);
      }),
    );
    options.onChange(after.map(({ job }) => job.id));
    const destinations = new Set(results.map(({ job }) => job.destinationId));
    for (const id of destinations) scheduler.wake(id, 'changed');
    return after;
  }

  async function unblock(destinationId: string): Promise<void> {
    holds.lift(destinationId);
    await unblockJobs(options, tellNow, destinationId);
    scheduler.wake(destinationId, 'changed');
  }

  const continued = async (result: Enqueued, file: FileVersion): Promise<Enqueued> => ({
    ...result,
    job: await continueJob(result, file),
  });

  /** A file that is given again goes on, whatever its job was waiting for. */
  async function continueJob(result: Enqueued, file: FileVersion): Promise<StoredJob> {
    const { job, outcome } = result;
    if (outcome === 'changed') {
      const now = clock.now();
      const event = { type: 'changed', file, until: now, now } as const;
      return (await tellNow(job.id, event, event)) ?? job;
    }
    if (outcome !== 'joined') return job;
    if (job.state.name === 'paused') return (await tellNow(job.id, { type: 'resumed' }, null)) ?? job;
    if (canRetry(job.state.name)) {
      return (await tellNow(job.id, { type: 'retried' }, null)) ?? job;
    }
    return job;
  }

  /** What stops comes to rest as soon as its last state is on disk; on a full disk nobody is kept waiting for that. */
  async function soon(stopping: Promise<void>): Promise<void> {
    await ledger
      .unlessFull(() => stopping)
      .catch((error) => {
        if (!(error instanceof UploadError) || error.code !== 'disk-full') throw error;
      });
  }

  return {
    ...commands,
    get recovered() {
      return recovered;
    },
    start(destinationIds) {
      for (const id of destinationIds) scheduler.wake(id);
      scheduler.lookSoon();
      hashLater.wake();
    },
    async add(files) {
      return goOn(await ledger.unlessFull(() => journal.enqueue(files)), files);
    },
    async addWatched(pairs) {
      return goOn(
        await journal.enqueueWatched(pairs),
        pairs.map(({ job }) => job),
      );
    },
    async changed(id, file) {
      const now = clock.now();
      const event = { type: 'changed', file, until: now, now } as const;
      const job = await tell(id, event, event);
      if (job !== null) scheduler.wake(job.destinationId, 'changed');
    },
    async moved(id, path, name) {
      await tellNow(id, { type: 'moved', path, name }, null);
    },
    live(id) {
      const run = scheduler.runs.get(id);
      const job = run?.members.find((member) => member.id === id);
      return run === undefined || job === undefined ? null : liveJob(job, run);
    },
    active() {
      return [...scheduler.runs].flatMap(([id, run]) => {
        const job = run.members.find((member) => member.id === id);
        return job === undefined ? [] : [liveJob(job, run)];
      });
    },
    bytesPerSecond: () =>
      // Jobs of one flow run share their run.
      speedOfAll(
        scheduler.totalSpeed,
        new Set([...scheduler.runs.values()].map(({ speed }) => speed)),
        clock,
      ),
    holdOf: (id) => scheduler.holdOf(id),
    unblock,
    async settingsChanged() {
      const { isPaused } = options.settings();
      await soon(
        scheduler.interruptAll(
          { type: 'interrupted' },
          (run) => isPaused || options.isDestinationPaused(run.job.destinationId),
        ),
      );
      options.onHoldsChange();
      scheduler.wakeAll();
    },
    suspend: () => scheduler.suspend(),
    awake() {
      options.transfer.dropIdleConnections();
      scheduler.awake();
    },
    networkChanged() {
      options.transfer.dropIdleConnections();
      scheduler.probeNow();
    },
    async destinationRemoved(destinationId) {
      await soon(
        scheduler.interruptAll({ type: 'interrupted' }, (run) => run.job.destinationId === destinationId),
      );
      // Nothing holds it any more: its jobs come up, find no destination, and say that instead.
      await unblock(destinationId);
    },
    async close() {
      ledger.close();
      await scheduler.stop();
      await hashLater.stop();
    },
  };
}

function liveJob(job: StoredJob, { bytesSent, speed }: Run): LiveJob {
  return {
    job,
    bytesSent: shownBytes(job, bytesSent),
    bytesPerSecond: speed.said(),
  };
}

/** Bytes that the socket took are not bytes that the store has: 99 % until its answer. */
function shownBytes(job: StoredJob, bytesSent: number): number {
  switch (job.state.name) {
    case 'uploading':
      return Math.min(bytesSent, Math.floor(job.file.sizeBytes * 0.99));
    case 'completing':
    case 'processing':
    case 'completed':
      return job.file.sizeBytes;
    default:
      return 0;
  }
}

async function unblockJobs(options: QueueOptions, tell: Tell, destinationId: string): Promise<void> {
  let after = 0;
  for (;;) {
    const ids = await options.journal.matching({ destinationId, states: ['blocked'] }, after, 500);
    const last = ids.at(-1);
    if (last === undefined) return;
    const jobs = await options.journal.load(ids);
    await Promise.all(
      jobs.filter(isBlockedByDestination).map(({ id }) => tell(id, { type: 'unblocked' }, null)),
    );
    after = last;
  }
}
