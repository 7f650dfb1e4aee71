/** How long one file goes on: for its own row, and for the total, which is not done before it is. */
import type { LiveJob } from '#queue';

/** In ms; null where that is not known, also while it rests. */
export function remainingMsOf({ job, bytesSent, bytesPerSecond }: LiveJob): number | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return (Math.max(0, job.file.sizeBytes - bytesSent) / bytesPerSecond) * 1000;
}
