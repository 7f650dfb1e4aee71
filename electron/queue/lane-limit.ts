/**
 * How many data lanes a destination uses: its setting is the ceiling. Additive growth while goodput rises, halved when the
 * service says slow down.
 */
import type { StoredJob } from '#ports/stored-job.ts';

/** With more than one lane, one is kept for files under this size while there are any. */
export const smallFileBytes = 1024 * 1024;

export const isSmall = (job: StoredJob): boolean => job.file.sizeBytes < smallFileBytes;

export interface LaneLimit {
  readonly lanes: number;
  /** Bytes that arrived, and completed files, since the window began. */
  readonly windowBytes: number;
  readonly windowFiles: number;
  readonly windowStartedAt: number;
  /** Goodput of the last whole window, bytes a second; null before the first. */
  readonly lastGoodput: number | null;
}

const firstLanes = 4;
const shortestWindowMs = 1000;

export function firstLaneLimit(ceiling: number, now: number): LaneLimit {
  return {
    lanes: Math.min(ceiling, firstLanes),
    windowBytes: 0,
    windowFiles: 0,
    windowStartedAt: now,
    lastGoodput: null,
  };
}

/** A file arrived whole. Grows by one lane when a window of one file per lane was at least as good as the last one. */
export function afterArrival(limit: LaneLimit, sizeBytes: number, ceiling: number, now: number): LaneLimit {
  const windowFiles = limit.windowFiles + 1;
  const windowBytes = limit.windowBytes + sizeBytes;
  const elapsedMs = now - limit.windowStartedAt;
  const lanes = Math.min(limit.lanes, ceiling);
  if (windowFiles < lanes || elapsedMs < shortestWindowMs)
    return { ...limit, lanes, windowFiles, windowBytes };
  const goodput = (windowBytes * 1000) / elapsedMs;
  const hasRisen = limit.lastGoodput === null || goodput > limit.lastGoodput * 1.05;
  return {
    lanes: hasRisen ? Math.min(ceiling, lanes + 1) : lanes,
    windowBytes: 0,
    windowFiles: 0,
    windowStartedAt: now,
    lastGoodput: Math.max(goodput, hasRisen ? 0 : (limit.lastGoodput ?? 0) * 0.9),
  };
}

/** 429, or 503 with SlowDown. */
export function afterThrottle(limit: LaneLimit, now: number): LaneLimit {
  return {
    lanes: Math.max(1, Math.floor(limit.lanes / 2)),
    windowBytes: 0,
    windowFiles: 0,
    windowStartedAt: now,
    lastGoodput: null,
  };
}
