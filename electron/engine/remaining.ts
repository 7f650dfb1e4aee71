/** How long one file goes on: for its own row, and for the total, which is not done before it is. */
import type { LiveJob } from '#queue';

/** Below such a part of what it did so far, a file comes to rest, or begins anew after one. */
const restingShare = 0.25;

/**
 * In ms; null where that is not known. One that comes to rest counts with what it did so far until its speed is 0: on the way
 * there its speed would promise hours.
 */
export function remainingMsOf({
  job,
  bytesSent,
  bytesPerSecond,
  meanBytesPerSecond,
}: LiveJob): number | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  const mean = meanBytesPerSecond ?? 0;
  const speed = bytesPerSecond < mean * restingShare ? mean : bytesPerSecond;
  return (Math.max(0, job.file.sizeBytes - bytesSent) / speed) * 1000;
}
