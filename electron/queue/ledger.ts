/**
 * The one place where a transition becomes durable: nothing goes on before its write is on disk. A full disk holds the
 * queue and is tried again; a row that somebody else wrote first is left to them.
 */

import type { Clock } from '#ports/clock.ts';
import type { Journal } from '#ports/journal.ts';
import type { JobChange, StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import { type Failure, failure } from '#shared/failure.ts';
import type { JobId } from '#shared/job.ts';
import type { JobEvent } from './events.ts';
import { entriesOf, type RunRecord } from './timeline.ts';
import { type TransitionLimits, transition } from './transition.ts';

export interface Ledger {
  /**
   * Applies one event per job, all or none. Answers the jobs as they are on disk, or null where one of them was
   * written by somebody else. An event that does not apply writes nothing and answers the job as it is.
   */
  commit(
    steps: readonly { readonly job: StoredJob; readonly event: JobEvent }[],
    record?: RunRecord | null,
  ): Promise<readonly StoredJob[] | null>;
  /** The same for what somebody waits for: on a full disk it rejects with UploadError `disk-full` instead of waiting. */
  commitNow(
    steps: readonly { readonly job: StoredJob; readonly event: JobEvent }[],
  ): Promise<readonly StoredJob[] | null>;
  /** Rejects with `disk-full` at once, or as soon as the disk is full; the work itself goes on. */
  unlessFull<T>(work: () => Promise<T>): Promise<T>;
  /** While the disk is full: since when commits wait, and why. */
  readonly diskFailure: Failure | null;
  /** Wakes and rejects every commit that waits for room. */
  close(): void;
}

const diskRetryMs = 2000;

export function createLedger(options: {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly limits: () => TransitionLimits;
  readonly onChange: (ids: readonly JobId[]) => void;
  /** The rows as they are on disk now. */
  readonly onSaved: (jobs: readonly StoredJob[]) => void;
  readonly onDiskChange: () => void;
  readonly onCompleted: (job: StoredJob) => void;
}): Ledger {
  const { journal, clock } = options;
  let diskFailure: Failure | null = null;
  const waiting = new Set<() => void>();
  const closing = new AbortController();

  function setDiskFailure(next: Failure | null): void {
    if ((next === null) === (diskFailure === null)) return;
    diskFailure = next;
    if (next !== null) for (const tell of [...waiting]) tell();
    options.onDiskChange();
  }

  async function saveWhenThereIsRoom(changes: readonly JobChange[]): Promise<readonly StoredJob[] | null> {
    for (;;) {
      try {
        const result = await journal.save(changes);
        setDiskFailure(null);
        return result.saved ? result.jobs : null;
      } catch (error) {
        if (!(error instanceof UploadError) || error.code !== 'disk-full' || closing.signal.aborted)
          throw error;
        setDiskFailure(failure('disk-full', error.failure.message));
        await pause(clock, diskRetryMs, closing.signal);
      }
    }
  }

  async function saveOnce(changes: readonly JobChange[]): Promise<readonly StoredJob[] | null> {
    const result = await journal.save(changes);
    return result.saved ? result.jobs : null;
  }

  const diskFull = () => new UploadError('disk-full', diskFailure?.message ?? '');

  async function commit(
    steps: Parameters<Ledger['commit']>[0],
    record: RunRecord | null,
    save: typeof saveOnce,
  ): Promise<readonly StoredJob[] | null> {
    const now = clock.now();
    const moved = steps.map(({ job, event }) => ({
      job,
      event,
      next: transition(job, event, options.limits()),
    }));
    const changes = moved
      .filter(({ job, next }) => next !== job)
      .map(({ job, event, next }) => ({
        job: {
          ...next,
          updatedAt: now,
          completedAt: next.state.name === 'completed' ? (job.completedAt ?? now) : next.completedAt,
        },
        entries: entriesOf(job, next, event, now, record),
      }));
    if (changes.length === 0) return steps.map(({ job }) => job);
    const saved = await save(changes);
    if (saved === null) return null;
    const byId = new Map(saved.map((job) => [job.id, job]));
    const result = steps.map(({ job }) => byId.get(job.id) ?? job);
    options.onSaved(saved);
    options.onChange([...byId.keys()]);
    for (const { job, next } of moved) {
      const after = byId.get(job.id);
      if (after !== undefined && next.state.name === 'completed' && job.state.name !== 'completed') {
        options.onCompleted(after);
      }
    }
    return result;
  }

  return {
    get diskFailure() {
      return diskFailure;
    },
    commit: (steps, record = null) => commit(steps, record, saveWhenThereIsRoom),
    commitNow: (steps) => commit(steps, null, saveOnce),
    async unlessFull(work) {
      if (diskFailure !== null) throw diskFull();
      const { promise: full, reject } = Promise.withResolvers<never>();
      const tell = () => reject(diskFull());
      waiting.add(tell);
      try {
        return await Promise.race([work(), full]);
      } finally {
        waiting.delete(tell);
      }
    },
    close() {
      closing.abort(new Error('The queue is closing.'));
    },
  };
}

function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => {
    undo();
    reject(signal.reason);
  };
  const undo = clock.setTimer(delayMs, () => {
    signal.removeEventListener('abort', onAbort);
    resolve();
  });
  signal.addEventListener('abort', onAbort, { once: true });
  return promise;
}
