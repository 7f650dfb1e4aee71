import type { QueueCounts } from '#shared/ipc.ts';

type Counts = Pick<QueueCounts, 'byState' | 'byTab' | 'bytesCompleted' | 'bytesRemaining' | 'bytesArrived'>;

/** What goes up between two moments of rest. */
export interface Batch {
  /** How it was when nothing moved, or when this was first looked at. */
  readonly base: Tally & { readonly bytesCompleted: number };
  readonly isRunning: boolean;
  readonly bytesTotal: number;
  readonly bytesDone: number;
}

export interface Tally {
  readonly uploaded: number;
  readonly needYou: number;
  readonly failed: number;
}

const tallyOf = ({ byTab }: Counts): Tally => ({
  uploaded: byTab.done,
  needYou: byTab.needsYou,
  failed: byTab.failed,
});

/** Files that go on by themselves. What a person paused does not hold a batch open. */
const openOf = ({ byState, byTab }: Counts): number => byTab.active + byState.queued + byState.waiting;

export const beginBatch = (counts: Counts): Batch =>
  goOn(
    {
      base: { ...tallyOf(counts), bytesCompleted: counts.bytesCompleted },
      isRunning: false,
      bytesTotal: 0,
      bytesDone: 0,
    },
    counts,
  );

/** The batch after new counts, and what became of it if it ended with them. A batch too quick to be seen running ends, too. */
export function followBatch(
  batch: Batch,
  counts: Counts,
): { readonly batch: Batch; readonly ended: Tally | null } {
  if (openOf(counts) > 0) return { batch: goOn(batch, counts), ended: null };
  const now = tallyOf(counts);
  const grown = (name: keyof Tally) => Math.max(0, now[name] - batch.base[name]);
  const ended = { uploaded: grown('uploaded'), needYou: grown('needYou'), failed: grown('failed') };
  const isAny = ended.uploaded + ended.needYou + ended.failed > 0;
  return { batch: beginBatch(counts), ended: isAny ? ended : null };
}

/** A file counts as it goes and, when it is up, as a whole: the total is the most that was ever seen of both. */
function goOn(batch: Batch, counts: Counts): Batch {
  const isRunning = openOf(counts) > 0;
  if (!isRunning) return { ...batch, isRunning };
  const completed = Math.max(0, counts.bytesCompleted - batch.base.bytesCompleted);
  const bytesTotal = Math.max(batch.bytesTotal, completed + counts.bytesRemaining);
  return {
    ...batch,
    isRunning,
    bytesTotal,
    bytesDone: bytesTotal - counts.bytesRemaining + counts.bytesArrived,
  };
}
