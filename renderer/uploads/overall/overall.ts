import type { QueueCounts, Throughput } from '#shared/ipc.ts';
import { stateNames } from '#shared/job.ts';
import { about, bytesOf, speed } from '../../words/amounts.ts';
import { uploadsWords } from '../../words/uploads.ts';

const words = uploadsWords.overall;

/** What the bar is made of. */
export const segments = ['done', 'active', 'waiting'] as const;
export type Segment = (typeof segments)[number];

export interface Overall {
  readonly counts: Readonly<Record<Segment, number>>;
  readonly files: string;
  readonly bytes: string;
  /** Null: nothing moves. */
  readonly speed: string | null;
  /** Null: not steady yet. */
  readonly rest: string | null;
  /** What waits longer than that, in words; null: nothing, or no time is said. */
  readonly waits: string | null;
  /** Each segment in words. */
  readonly legend: string;
  /** What is open and stands beside it, in words: each kind of it, and all in one where there is less room; null: nothing. */
  readonly notCounted: { readonly whole: string; readonly brief: string } | null;
}

/** What goes its way, needs a person or has failed. */
export const openStates = stateNames.filter((name) => name !== 'completed' && name !== 'canceled');

export interface OverallCounts {
  readonly open: QueueCounts;
  readonly doneToday: QueueCounts;
  /** Of each destination that takes nothing now. */
  readonly held: readonly QueueCounts[];
}

/**
 * How far all is that goes by itself: what was done today, what is on its way, and what waits, in files and in bytes. Words and
 * bar count the same. What needs a person or has failed is named beside them and counted in neither: it does not go, however
 * long one waits, and the bar would never be full. Null: nothing moves or waits, so nothing has to be told.
 */
export function overallOf(
  { open, doneToday, held }: OverallCounts,
  { bytesPerSecond, bytesRemaining, remainingMs }: Throughput,
): Overall | null {
  const { active, waiting, needsYou, failed } = open.byTab;
  if (active + waiting === 0) return null;
  const counts = { done: doneToday.all, active, waiting };
  const beside = [
    needsYou > 0 ? words.needsYou(needsYou) : null,
    failed > 0 ? words.failed(failed) : null,
  ].filter((part) => part !== null);
  const total = segments.reduce((sum, segment) => sum + counts[segment], 0);
  const longer = waitingLonger(open, held);
  // The counts know whole files only; the throughput knows what has gone of those that are on their way.
  const bytesSent = Math.max(0, open.bytesRemaining - bytesRemaining);
  return {
    counts,
    files: words.files(counts.done, total),
    bytes: bytesOf(doneToday.bytesTotal + bytesSent, doneToday.bytesTotal + open.bytesRemaining),
    speed: bytesPerSecond > 0 ? speed(bytesPerSecond) : null,
    rest: remainingMs === null ? null : words.left(about(remainingMs)),
    waits: remainingMs === null || longer === 0 ? null : words.waits(longer),
    legend: segments
      .filter((segment) => counts[segment] > 0)
      .map((segment) => words[segment](counts[segment]))
      .join(', '),
    notCounted:
      beside.length === 0
        ? null
        : { whole: words.notCounted(beside), brief: words.withTrouble(needsYou + failed) },
  };
}

/** Those that no speed brings on: they wait for the next try, or behind a destination that takes nothing now. */
function waitingLonger(open: QueueCounts, held: readonly QueueCounts[]): number {
  const sum = (of: (counts: QueueCounts) => number) => held.reduce((total, counts) => total + of(counts), 0);
  return sum(({ byTab }) => byTab.waiting) + open.byState.waiting - sum(({ byState }) => byState.waiting);
}
