/** At the start: jobs that a dead process left in the middle are queued again, at the step that may have been heard. */
import type { Journal } from '#ports/journal.ts';
import type { Ledger } from './ledger.ts';

const batch = 500;

/** Tells how many there were, batch by batch. */
export async function recoverRuns(
  journal: Journal,
  ledger: Ledger,
  onRecovered: (count: number) => void,
): Promise<void> {
  for (;;) {
    const jobs = await journal.unfinishedRuns(batch);
    if (jobs.length === 0) return;
    const saved = await ledger.commit(jobs.map((job) => ({ job, event: { type: 'recovered' } })));
    if (saved === null) throw new Error('Another engine writes to this queue.');
    onRecovered(jobs.length);
  }
}
