/** When a file of the inbox may go. Pure. */
import type { UploadJob } from '#shared/job.ts';

/** A page that was given a path asks for a job at once; until then nobody may take the file away. */
const handoverMs = 60_000;
/** "Canceled. Undo": a retry within this time finds its file. */
const undoMs = 10 * 60_000;
/** A file that no job was ever seen of: its page was closed, or went down with its engine. */
const orphanMs = 24 * 60 * 60_000;

export interface InboxFile {
  readonly jobs: readonly Pick<UploadJob, 'state' | 'addedAt' | 'updatedAt'>[];
  /** A job was seen of it, which may be gone from the list since. */
  readonly hadJob: boolean;
  /** When its path was last given to a page, epoch ms. */
  readonly givenAt: number;
}

/** `keep`: something will happen to its jobs first. Else the epoch ms from which it may go. */
export function fateOf({ jobs, hadJob, givenAt }: InboxFile): 'keep' | number {
  if (jobs.some(({ state }) => state.name !== 'completed' && state.name !== 'canceled')) return 'keep';
  if (jobs.length === 0) return givenAt + (hadJob ? handoverMs : orphanMs);
  const isHandedOver = jobs.some((job) => job.addedAt >= Math.floor(givenAt));
  const undone = jobs.map((job) => (job.state.name === 'canceled' ? job.updatedAt + undoMs : 0));
  return Math.max(isHandedOver ? 0 : givenAt + handoverMs, ...undone);
}
