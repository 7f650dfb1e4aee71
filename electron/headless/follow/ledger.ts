import type { DestinationView } from '#shared/ipc.ts';
import { isTerminal, type JobId, type StateName, type UploadJob } from '#shared/job.ts';
import type { Ends } from '../exit-code.ts';
import {
  failureRecord,
  isHeld,
  isPausedWithQueue,
  ofJob,
  optionalFailure,
  type ProgressRecord,
} from '../records.ts';

/** What the ledger tells: records as they are printed, but a completed job as its row, whose link is still to be got. */
export type LedgerEvent = ProgressRecord | { readonly type: 'row-completed'; readonly job: UploadJob };

/** All that a command knows of the jobs it follows. Rows go in, what is new comes out, numbers add up. */
export interface Ledger {
  /** A row as it is now; in any order, as often as one likes. */
  take(job: UploadJob): void;
  /** A job that is in the list no more: somebody removed it. */
  drop(id: JobId): void;
  /** The same for one that was gone before its row could be looked at. */
  dropUnseen(job: { readonly jobId: JobId; readonly path: string; readonly destination: string }): void;
  setDestinations(views: readonly DestinationView[]): void;
  setPaused(isPaused: boolean): void;
  has(id: JobId): boolean;
  hasEnded(id: JobId): boolean;
  /** Jobs that will still move by themselves; not those that wait for a person. */
  moving(): number;
  /** Ids of all that have not ended, for asking anew. */
  openIds(): readonly JobId[];
  openJobs(): IteratorObject<UploadJob>;
  /** Jobs that wait because their whole destination waits for a person: they are told as blocked, too. */
  tellStuck(): void;
  numbers(): LedgerNumbers;
  /** Why nothing may be moving, for the live display: one entry per destination. */
  holds(): readonly Extract<ProgressRecord, { type: 'held' }>[];
}

export interface LedgerNumbers extends Omit<Ends, 'refused'> {
  readonly all: number;
  /** Of all that is completed or may still be. */
  readonly bytesTotal: number;
  readonly bytesCompleted: number;
  /** Neither completed, failed, blocked nor canceled. */
  readonly left: number;
}

type EndName = 'completed' | 'failed' | 'blocked' | 'canceled';
const isEnd = (name: StateName): name is EndName => isTerminal(name) || name === 'blocked';

/** What is kept of a job that has ended: little, because a watcher may see a million of them. */
interface Ended {
  readonly end: EndName;
  readonly generation: number;
  readonly bytesTotal: number;
}

export function createLedger(tell: (event: LedgerEvent) => void): Ledger {
  const open = new Map<JobId, UploadJob>();
  const ended = new Map<JobId, Ended>();
  let destinations = new Map<string, DestinationView>();
  let isPaused = false;
  const ends: Record<EndName, number> = { completed: 0, failed: 0, blocked: 0, canceled: 0 };
  let bytesOpen = 0;
  let bytesCompleted = 0;

  function reopen(id: JobId): void {
    const old = ended.get(id);
    if (old !== undefined) {
      ended.delete(id);
      ends[old.end] -= 1;
      if (old.end === 'completed') bytesCompleted -= old.bytesTotal;
    }
    const row = open.get(id);
    if (row !== undefined) {
      open.delete(id);
      bytesOpen -= row.bytesTotal;
    }
  }

  function end(job: UploadJob, as: EndName): void {
    reopen(job.id);
    ended.set(job.id, { end: as, generation: job.generation, bytesTotal: job.bytesTotal });
    ends[as] += 1;
    if (as === 'completed') bytesCompleted += job.bytesTotal;
  }

  function take(job: UploadJob): void {
    const name = job.state.name;
    const was = ended.get(job.id);
    if (isEnd(name)) {
      if (was?.end === name && was.generation === job.generation) return;
      const before = open.get(job.id);
      if (before !== undefined) tellWay(before, job);
      end(job, name);
      tellEnd(job);
      return;
    }
    const before = open.get(job.id);
    reopen(job.id);
    open.set(job.id, job);
    bytesOpen += job.bytesTotal;
    tellWay(before, job);
  }

  /** What happened between two looks at a job, apart from its end. A job that is new has no past to tell. */
  function tellWay(before: UploadJob | undefined, job: UploadJob): void {
    if (before === undefined) return;
    if (job.renewals > before.renewals) tell({ type: 'renewed', ...ofJob(job), renewals: job.renewals });
    if (job.state.name !== 'waiting' || job.attempts <= before.attempts) return;
    const { until, failure } = job.state;
    tell({
      type: 'retrying',
      ...ofJob(job),
      attempts: job.attempts,
      until,
      failure: optionalFailure(failure),
    });
  }

  function tellEnd(job: UploadJob): void {
    const { state } = job;
    if (state.name === 'completed') tell({ type: 'row-completed', job });
    else if (state.name === 'canceled') tell({ type: 'canceled', ...ofJob(job) });
    else if (state.name === 'failed' || state.name === 'blocked') {
      const failure = failureRecord(state.failure);
      tell({ type: state.name, ...ofJob(job), attempts: job.attempts, failure });
    }
  }

  /** A destination that waits for a person holds all its jobs that would start something. */
  const blockingHold = (job: UploadJob) => {
    const hold = destinations.get(job.destinationId)?.hold ?? null;
    return hold?.kind === 'blocked' && isHeld(job.state.name) ? hold : null;
  };
  const concerns = (destinationId: string) =>
    open.values().some((job) => job.destinationId === destinationId && isHeld(job.state.name));

  function holdRecords(): readonly Extract<ProgressRecord, { type: 'held' }>[] {
    const held = [...destinations.values()].flatMap((view) => {
      const { destination, hold } = view;
      if (hold === null || isPausedWithQueue(view) || !concerns(destination.id)) return [];
      const { kind, until, failure } = hold;
      return [
        {
          type: 'held' as const,
          destination: destination.name,
          kind,
          until,
          failure: optionalFailure(failure),
        },
      ];
    });
    if (!isPaused || open.size === 0) return held;
    return [...held, { type: 'held', destination: '', kind: 'all-paused', until: null, failure: null }];
  }

  const told = new Map<string, string>();
  /** Tells a hold when it begins or becomes another one, and when it is over. A later end of the wait is no news. */
  function tellHolds(): void {
    const now = new Map(holdRecords().map((hold) => [hold.destination, hold]));
    for (const [destination, hold] of now) {
      const key = `${hold.kind} ${hold.failure?.code ?? ''}`;
      if (told.get(destination) === key) continue;
      told.set(destination, key);
      tell(hold);
    }
    for (const destination of [...told.keys()]) {
      if (now.has(destination)) continue;
      told.delete(destination);
      tell({ type: 'released', destination });
    }
  }

  return {
    take(job) {
      take(job);
    },
    drop(id) {
      const job = open.get(id);
      if (job === undefined) return;
      end(job, 'canceled');
      tell({ type: 'canceled', ...ofJob(job) });
    },
    dropUnseen(job) {
      ended.set(job.jobId, { end: 'canceled', generation: 0, bytesTotal: 0 });
      ends.canceled += 1;
      tell({ type: 'canceled', ...job });
    },
    setDestinations(views) {
      destinations = new Map(views.map((view) => [view.destination.id, view]));
      tellHolds();
    },
    setPaused(paused) {
      isPaused = paused;
      tellHolds();
    },
    has: (id) => open.has(id) || ended.has(id),
    hasEnded: (id) => ended.has(id),
    moving() {
      // Asked after every change: with no such hold, nothing needs to be counted.
      if (!destinations.values().some(({ hold }) => hold?.kind === 'blocked')) return open.size;
      return open.values().reduce((sum, job) => (blockingHold(job) === null ? sum + 1 : sum), 0);
    },
    openIds: () => [...open.keys()],
    openJobs: () => open.values(),
    tellStuck() {
      for (const job of [...open.values()]) {
        const hold = blockingHold(job);
        if (hold === null) continue;
        end(job, 'blocked');
        const failure = failureRecord(hold.failure ?? { code: 'forbidden', message: '', facts: {} });
        tell({ type: 'blocked', ...ofJob(job), attempts: job.attempts, failure });
      }
    },
    numbers: () => ({
      ...ends,
      all: open.size + ended.size,
      bytesTotal: bytesOpen + bytesCompleted,
      bytesCompleted,
      left: open.size,
    }),
    holds: holdRecords,
  };
}
