/**
 * How many data lanes a destination uses: its setting is the ceiling. Doubled while goodput rises, until it does not or the
 * service says slow down; from then on one more at a time, and halved at each throttle. (As TCP begins: one lane a second
 * took twelve seconds to find out that sixteen are good.)
 */
import type { StoredJob } from '#ports/stored-job.ts';

/** With more than one lane, one is kept for files under this size while there are any. */
export const smallFileBytes = 1024 * 1024;

export const isSmall = (job: StoredJob): boolean => job.file.sizeBytes < smallFileBytes;

export interface LaneLimit {
  readonly lanes: number;
  /** No limit of the line or the service has been met yet. */
  readonly isFirstRise: boolean;
  /** Bytes that arrived, and completed files, since the window began. */
  readonly windowBytes: number;
  readonly windowFiles: number;
  readonly windowStartedAt: number;
  /** Goodput of the last whole window, bytes a second; null before the first. */
  readonly lastGoodput: number | null;
}

const firstLanes = 4;
const shortestWindowMs = 500;
/** Before any limit was met it is not measured what a lane brings, but whether twice as many are too many. */
const shortestFirstWindowMs = 150;

export function firstLaneLimit(ceiling: number, now: number): LaneLimit {
  return {
    lanes: Math.min(ceiling, firstLanes),
    isFirstRise: true,
    windowBytes: 0,
    windowFiles: 0,
    windowStartedAt: now,
    lastGoodput: null,
  };
}

/** A file arrived whole. Grows when a window of at least one file per lane brought more than the last one. */
export function afterArrival(limit: LaneLimit, sizeBytes: number, ceiling: number, now: number): LaneLimit {
  const windowFiles = limit.windowFiles + 1;
  const windowBytes = limit.windowBytes + sizeBytes;
  const elapsedMs = now - limit.windowStartedAt;
  const lanes = Math.min(limit.lanes, ceiling);
  if (windowFiles < lanes || elapsedMs < (limit.isFirstRise ? shortestFirstWindowMs : shortestWindowMs))
    return { ...limit, lanes, windowFiles, windowBytes };
  const goodput = (windowBytes * 1000) / elapsedMs;
  const hasRisen = limit.lastGoodput === null || goodput > limit.lastGoodput * 1.05;
  const isFirstRise = limit.isFirstRise && hasRisen;
  const grown = isFirstRise ? lanes * 2 : lanes + 1;
  return {
    lanes: hasRisen ? Math.min(ceiling, grown) : lanes,
    isFirstRise,
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
    isFirstRise: false,
    windowBytes: 0,
    windowFiles: 0,
    windowStartedAt: now,
    lastGoodput: null,
  };
}
