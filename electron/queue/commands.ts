/** What a person does to jobs: to one, to many, or to all that a filter names. */

import type { StoredJob } from '#ports/stored-job.ts';
import type { ActionReport, JobFilter } from '#shared/ipc.ts';
import { canCancel, canPause, canRetry, isTerminal, type JobId, type StateName } from '#shared/job.ts';
import { isBlockedWithAll } from './consequence.ts';
import type { JobEvent } from './events.ts';
import type { QueueOptions } from './options.ts';
import type { OutsideEvent } from './run.ts';
import type { Scheduler } from './scheduler.ts';
import type { Tell } from './tell.ts';

const pageSize = 500;

interface Command {
  readonly applies: (state: StateName) => boolean;
  readonly event: (job: StoredJob) => JobEvent;
  /** How a running job is told; null: running jobs are not stopped for it. */
  readonly interruption: OutsideEvent | null;
}

const pause: Command = {
  applies: canPause,
  event: () => ({ type: 'paused', resume: 'same' }),
  interruption: { type: 'paused' },
};
const resume: Command = {
  applies: (state) => state === 'paused',
  event: () => ({ type: 'resumed' }),
  interruption: null,
};
const cancel: Command = {
  applies: canCancel,
  event: () => ({ type: 'canceled', resume: 'same' }),
  interruption: { type: 'canceled' },
};
const retry: Command = {
  applies: canRetry,
  event: () => ({ type: 'retried' }),
  interruption: null,
};

const leftBecause: Readonly<Record<StateName, string>> = {
  queued: 'waiting for its turn already',
  reserving: 'running',
  inspecting: 'running',
  uploading: 'running',
  completing: 'its bytes are there; only the confirmation is missing',
  processing: 'the service is making the asset ready',
  waiting: 'waiting for its next try already',
  paused: 'paused',
  blocked: 'needs you',
  completed: 'completed',
  failed: 'failed',
  canceled: 'canceled',
};

export interface Commands {
  pause(filter: JobFilter): Promise<ActionReport>;
  resume(filter: JobFilter): Promise<ActionReport>;
  cancel(filter: JobFilter): Promise<ActionReport>;
  retry(filter: JobFilter): Promise<ActionReport>;
  moveToTop(filter: JobFilter): Promise<ActionReport>;
  /** Terminal jobs leave the list; files and assets stay. */
  remove(filter: JobFilter): Promise<ActionReport>;
}

export function createCommands(options: QueueOptions, tell: Tell, scheduler: Scheduler): Commands {
  const { journal } = options;

  async function forEachPage(
    filter: JobFilter,
    visit: (ids: readonly JobId[]) => Promise<void>,
  ): Promise<void> {
    let after = 0;
    for (;;) {
      const ids = await journal.matching(filter, after, pageSize);
      const last = ids.at(-1);
      if (last === undefined) return;
      await visit(ids);
      after = last;
    }
  }

  async function apply(filter: JobFilter, command: Command): Promise<ActionReport> {
    const tally = createTally();
    const destinations = new Set<string>();
    const groups = new Set<string>();
    await forEachPage(filter, async (ids) => {
      const jobs = await journal.load(ids);
      await Promise.all(
        jobs.map(async (job) => {
          const live = scheduler.runs.get(job.id)?.job ?? job;
          if (!command.applies(live.state.name)) {
            tally.left(live.state.name);
            return;
          }
          const after = await tell(job.id, command.event(job), command.interruption);
          destinations.add(job.destinationId);
          if (job.groupId !== null) groups.add(job.groupId);
          // Who wants one of them tried wants the destination tried: else it would wait behind the block.
          if (command === retry && isBlockedWithAll(job)) scheduler.lift(job.destinationId);
          // It may have ended by itself in the meantime: then the command came too late.
          if (after === null || hasTaken(command, after)) tally.applied();
          else tally.left(after.state.name);
        }),
      );
    });
    if (command === retry) for (const id of groups) await retryFlowRun(id);
    for (const id of destinations) scheduler.wake(id, 'changed');
    return tally.report();
  }

  return {
    pause: (filter) => apply(filter, pause),
    resume: (filter) => apply(filter, resume),
    cancel: (filter) => apply(filter, cancel),
    retry: (filter) => apply(filter, retry),
    async moveToTop(filter) {
      const rank = await journal.nextTopRank();
      return apply(filter, {
        applies: (state) => !isTerminal(state),
        event: () => ({ type: 'promoted', rank }),
        interruption: null,
      });
    },
    async remove(filter) {
      const tally = createTally();
      const ids: JobId[] = [];
      await forEachPage(filter, async (page) => {
        for (const job of await journal.load(page)) {
          if (isTerminal(job.state.name)) ids.push(job.id);
          else tally.left(job.state.name);
        }
      });
      for (let start = 0; start < ids.length; start += pageSize) {
        const removed = await journal.remove(ids.slice(start, start + pageSize));
        for (let count = 0; count < removed; count += 1) tally.applied();
      }
      if (ids.length > 0) options.onChange(ids.slice(0, 1000));
      return tally.report();
    },
  };

  /** A flow run is started for all its files: when one is retried, those that ended with it go again, too. */
  async function retryFlowRun(groupId: string): Promise<void> {
    for (const job of await journal.loadGroup(groupId)) {
      if (job.state.name === 'failed' || job.state.name === 'blocked')
        await tell(job.id, { type: 'retried' }, null);
    }
  }

  function hasTaken(command: Command, after: StoredJob): boolean {
    if (command === pause) return after.state.name === 'paused';
    if (command === cancel) return after.state.name === 'canceled';
    return true;
  }
}

function createTally() {
  let applied = 0;
  const left = new Map<string, number>();
  return {
    applied: () => {
      applied += 1;
    },
    left: (state: StateName) => {
      const reason = leftBecause[state];
      left.set(reason, (left.get(reason) ?? 0) + 1);
    },
    report: (): ActionReport => ({ applied, left: [...left].map(([reason, count]) => ({ reason, count })) }),
  };
}
