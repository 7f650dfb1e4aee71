/** At the start: jobs that a dead process left in the middle are queued again, at the step that may have been heard. */
import type { Journal } from '#ports/journal.ts';
import type { Ledger } from './ledger.ts';

const batch = 500;

/** Answers how many there were. */
export async function recoverRuns(journal: Journal, ledger: Ledger): Promise<number> {
  let recovered = 0;
  for (;;) {
    const jobs = await journal.unfinishedRuns(batch);
    if (jobs.length === 0) return recovered;
    const saved = await ledger.commit(jobs.map((job) => ({ job, event: { type: 'recovered' } })));
    if (saved === null) throw new Error('Another engine writes to this queue.');
    recovered += jobs.length;
  }
}
