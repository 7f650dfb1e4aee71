/** Tells one job what happened outside of its run: whatever the job does at the moment, the event meets it once. */

import type { Journal } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';
import type { JobEvent } from './events.ts';
import type { Ledger } from './ledger.ts';
import type { OutsideEvent, Run } from './run.ts';

/** A row that others keep writing is left to them after this many looks. */
const maxLooks = 8;

/**
 * `interruption`: how a running job is stopped for it; null: its run goes on, and the event is written beside it.
 * Answers the job as it is then; null where there is none.
 */
export type Tell = (
  id: JobId,
  event: JobEvent,
  interruption: OutsideEvent | null,
) => Promise<StoredJob | null>;

export function createTell(
  journal: Journal,
  commit: Ledger['commitNow'],
  runs: ReadonlyMap<JobId, Run>,
): Tell {
  async function toRun(run: Run, id: JobId, event: JobEvent, interruption: OutsideEvent | null) {
    if (interruption === null) return amend(run, id, event);
    run.interrupt(interruption, id);
    await run.ended.promise;
    return run.wasInterruptedBy(interruption, id) ? run.taken : null;
  }

  async function amend(run: Run, id: JobId, event: JobEvent): Promise<StoredJob | null> {
    return run.inTurn(async () => {
      const job = run.memberOf(id);
      if (job === null || run.hasEnded) return null;
      const [saved] = (await commit([{ job, event }])) ?? [];
      if (saved === undefined) return null;
      run.keep([saved]);
      return saved;
    });
  }

  return async (id, event, interruption) => {
    for (let look = 0; look < maxLooks; look += 1) {
      const run = runs.get(id);
      if (run !== undefined) {
        const after = await toRun(run, id, event, interruption);
        if (after !== null) return after;
      }
      const [job] = await journal.load([id]);
      if (job === undefined) return null;
      if (runs.has(id)) continue;
      const saved = await commit([{ job, event }]);
      if (saved !== null) return saved[0] ?? null;
    }
    return (await journal.load([id]))[0] ?? null;
  };
}

/** For what a person asks for: nobody is kept waiting by a full disk, but told of it. */
export function createTellNow(journal: Journal, ledger: Ledger, runs: ReadonlyMap<JobId, Run>): Tell {
  const tell = createTell(journal, (steps) => ledger.commitNow(steps), runs);
  return (id, event, interruption) => ledger.unlessFull(() => tell(id, event, interruption));
}
