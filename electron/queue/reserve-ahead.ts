/** How many reservations may be held before there is a lane for them. Pure. */

import { smallFileBytes } from './lane-limit.ts';

export interface SendingFile {
  readonly sizeBytes: number;
  readonly bytesSent: number;
  /** Null: not known yet. */
  readonly bytesPerSecond: number | null;
}

/**
 * One for each data lane that will be free before a quarter of a target's life is over. `ttlMs` null: nothing is known
 * of an end.
 */
export function roomAhead(sending: readonly SendingFile[], ttlMs: number | null): number {
  if (ttlMs === null) return sending.length;
  return sending.filter((file) => waitMs(file) < ttlMs / 4).length;
}

function waitMs({ sizeBytes, bytesSent, bytesPerSecond }: SendingFile): number {
  if (bytesPerSecond === null) return sizeBytes < smallFileBytes ? 0 : Number.POSITIVE_INFINITY;
  return bytesPerSecond <= 0 ? Number.POSITIVE_INFINITY : ((sizeBytes - bytesSent) * 1000) / bytesPerSecond;
}
