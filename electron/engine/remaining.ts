/** How long one file goes on: for its own row, and for the total, which is not done before it is. */
import type { LiveJob } from '#queue';

/** Below such a part of what it did so far, a file comes to rest, or begins anew after one. */
const restingShare = 0.25;

/**
 * For its row, in ms; null where that is not known. Of one that comes to rest it is not: its speed of now would promise hours,
 * and another time would not fit the speed beside it.
 */
export function remainingMsOf(live: LiveJob): number | null {
  return comesToRest(live) ? null : expectedMsOf(live);
}

/** For the total, in ms; null where that is not known. One that comes to rest counts with what it did so far. */
export function expectedMsOf(live: LiveJob): number | null {
  const { job, bytesSent, bytesPerSecond, meanBytesPerSecond } = live;
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  const speed = comesToRest(live) ? (meanBytesPerSecond ?? bytesPerSecond) : bytesPerSecond;
  return (Math.max(0, job.file.sizeBytes - bytesSent) / speed) * 1000;
}

const comesToRest = ({ bytesPerSecond, meanBytesPerSecond }: LiveJob): boolean =>
  (bytesPerSecond ?? 0) < (meanBytesPerSecond ?? 0) * restingShare;
