/** Deletes what is past its time, in small bites, and makes the daily copy. */
import { rmSync } from 'node:fs';
import type { Journal } from '#ports/journal.ts';
import { copyFile, databaseFile, listCopies, madeAt, sizeOf } from './database-files.ts';

/** Rows of one bite: some milliseconds, so that a transition never waits long behind one. */
const biteRows = 500;

export interface MaintenanceParts {
  readonly directory: string;
  readonly now: number;
  readonly removeCompleted: (before: number, limit: number) => Promise<number>;
  readonly trimTimelines: (before: number, limit: number) => Promise<number>;
  readonly copy: (to: string) => Promise<void>;
  readonly checkpoint: () => void;
}

export async function maintain(
  parts: MaintenanceParts,
  options: Parameters<Journal['maintain']>[0],
): ReturnType<Journal['maintain']> {
  const removedJobs = await inBites((limit) => parts.removeCompleted(options.completedBefore, limit));
  await inBites((limit) => parts.trimTimelines(options.timelineBefore, limit));
  const copy = await copyOncePerDay(parts, options.copies);
  parts.checkpoint();
  return { removedJobs, copy };
}

/** Asks for bite after bite until one is not full; answers how much it was in all. */
export async function inBites(bite: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await bite(biteRows);
    total += done;
    if (done < biteRows) return total;
  }
}

/** The file's name begins with the day (UTC), so the copies themselves say whether today's is there. */
async function copyOncePerDay(parts: MaintenanceParts, keep: number): Promise<string | null> {
  const { directory, now } = parts;
  const to = copyFile(directory, now);
  const dayLength = 'YYYYMMDDT000000000.db'.length - 'YYYYMMDD'.length;
  const day = to.slice(0, -dayLength);
  if (listCopies(directory).some((copy) => copy.startsWith(day))) return null;
  await parts.copy(to);
  forgetOldCopies(directory, keep);
  return to;
}

function forgetOldCopies(directory: string, keep: number): void {
  for (const old of listCopies(directory).slice(Math.max(1, keep))) rmSync(old, { force: true });
}

const dayMs = 86_400_000;
/** Copied in a second or two. Whoever filled a larger queue ran long enough for the daily copy. */
const largestAtEnd = 256 * 1_048_576;

/**
 * At the end of a session, so that a queue that only short commands know has a copy as well: where there is none, or the
 * newest is older than a day and something was added or changed since.
 */
export async function copyAtEnd(
  parts: Pick<MaintenanceParts, 'directory' | 'now'> & {
    readonly copy: (to: string, unlessLike: string | null) => Promise<void>;
  },
  keep: number,
): Promise<void> {
  const { directory, now } = parts;
  const newest = listCopies(directory)[0] ?? null;
  if (newest !== null && now - (madeAt(newest) ?? 0) < dayMs) return;
  if (sizeOf(databaseFile(directory)) > largestAtEnd) return;
  await parts.copy(copyFile(directory, now), newest);
  forgetOldCopies(directory, keep);
}
