/** What the taskbar and the dock show of a batch. Pure. */
import type { ProgressBarOptions } from 'electron';
import { openFiles, type Status } from '../status/status.ts';

/** What goes up between two moments of rest. */
export interface Course {
  /** As it was when the course began. */
  readonly startBytes: number;
  readonly totalBytes: number;
  readonly startFiles: number;
  readonly totalFiles: number;
}

export interface Progress {
  /** In [0, 1]; negative: nothing to show. */
  readonly fraction: number;
  readonly mode: NonNullable<ProgressBarOptions['mode']>;
}

const none: Progress = { fraction: -1, mode: 'none' };

/**
 * The course after new numbers, and what is shown of it. A total never shrinks while it lasts, so that the bar does not
 * jump when files are canceled; where there are no bytes to count, files are counted.
 */
export function followCourse(
  course: Course | null,
  status: Status,
): { readonly course: Course | null; readonly progress: Progress } {
  const { counts, throughput, settings } = status;
  const open = openFiles(counts);
  if (open === 0) return { course: null, progress: none };
  const begun = course ?? {
    startBytes: counts.bytesCompleted,
    totalBytes: 0,
    startFiles: counts.byTab.done,
    totalFiles: 0,
  };
  const doneFiles = Math.max(0, counts.byTab.done - begun.startFiles);
  const doneBytes = Math.max(0, counts.bytesCompleted - begun.startBytes);
  const next: Course = {
    ...begun,
    totalBytes: Math.max(begun.totalBytes, doneBytes + counts.bytesRemaining),
    totalFiles: Math.max(begun.totalFiles, doneFiles + open),
  };
  // Told apart from the counts: as a queue begins, it may still be the one of the rest before.
  const bytesRemaining =
    throughput.filesRemaining === 0
      ? counts.bytesRemaining
      : Math.min(throughput.bytesRemaining, counts.bytesRemaining);
  const fraction =
    next.totalBytes > 0
      ? share(next.totalBytes - bytesRemaining, next.totalBytes)
      : share(doneFiles, next.totalFiles);
  const isStuck = counts.byTab.active === 0 && counts.byTab.needsYou > 0;
  const mode = settings.isPaused ? 'paused' : isStuck ? 'error' : 'normal';
  return { course: next, progress: { fraction, mode } };
}

/** Steps of a percent: more of them nobody sees, and each costs a call to the system. Never full before the end. */
const share = (done: number, total: number): number =>
  Math.max(0, Math.min(0.99, Math.floor((done / total) * 100) / 100));
