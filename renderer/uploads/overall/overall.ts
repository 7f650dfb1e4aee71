import type { QueueCounts, Throughput } from '#shared/ipc.ts';
import { stateNames } from '#shared/job.ts';
import { about, bytesOf, speed } from '../../words/amounts.ts';
import { uploadsWords } from '../../words/uploads.ts';

const words = uploadsWords.overall;

export const segments = ['done', 'active', 'waiting', 'needsYou', 'failed'] as const;
export type Segment = (typeof segments)[number];

export interface Overall {
  readonly counts: Readonly<Record<Segment, number>>;
  readonly files: string;
  readonly bytes: string;
  /** Null: nothing moves. */
  readonly speed: string | null;
  /** Null: not steady yet. */
  readonly rest: string | null;
  /** Each segment in words. */
  readonly legend: string;
}

/** What goes its way, needs a person or has failed. */
export const openStates = stateNames.filter((name) => name !== 'completed' && name !== 'canceled');

export interface OverallCounts {
  readonly open: QueueCounts;
  readonly doneToday: QueueCounts;
}

/** All that is open together with what was done today; null: nothing moves or waits, so nothing has to be told. */
export function overallOf(
  { open, doneToday }: OverallCounts,
  { bytesPerSecond, bytesRemaining, remainingMs }: Throughput,
): Overall | null {
  const { active, waiting, needsYou, failed } = open.byTab;
  if (active + waiting === 0) return null;
  const counts = { done: doneToday.all, active, waiting, needsYou, failed };
  const total = segments.reduce((sum, segment) => sum + counts[segment], 0);
  // The counts know whole files only; the throughput knows what has gone of those that are on their way.
  const bytesSent = Math.max(0, open.bytesRemaining - bytesRemaining);
  return {
    counts,
    files: words.files(counts.done, total),
    bytes: bytesOf(doneToday.bytesTotal + bytesSent, doneToday.bytesTotal + open.bytesTotal),
    speed: bytesPerSecond > 0 ? speed(bytesPerSecond) : null,
    rest: remainingMs === null ? null : about(remainingMs),
    legend: segments
      .filter((segment) => counts[segment] > 0)
      .map((segment) => words[segment](counts[segment]))
      .join(', '),
  };
}
