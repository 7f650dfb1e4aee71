/** How many reservations may be held before there is a lane for them. Pure. */

import { smallFileBytes } from './lane-limit.ts';

export interface SendingFile {
  readonly sizeBytes: number;
  readonly bytesSent: number;
  /** Null: not known yet. */
  readonly bytesPerSecond: number | null;
  /** How long such files have a lane; null: not known, or this one takes so long that it is none of their kind. */
  readonly usualMs?: number | null;
}

export interface AheadLimits {
  /** Of a target; null: nothing is known of an end. */
  readonly ttlMs: number | null;
  /** How long the service takes to give one; null: not known yet. */
  readonly reserveMs: number | null;
}

/**
 * One for each data lane that will be free before a quarter of a target's life is over. And one more for each lane that
 * comes free while the service still thinks: that one is not held, but used as soon as it is there.
 */
export function roomAhead(sending: readonly SendingFile[], { ttlMs, reserveMs }: AheadLimits): number {
  let room = 0;
  let freeMeanwhile = 0;
  for (const file of sending) {
    if (ttlMs !== null && waitMs(file) >= ttlMs / 4) continue;
    room += 1;
    const usualMs = file.usualMs ?? null;
    if (usualMs !== null && reserveMs !== null)
      freeMeanwhile += Math.min(1, reserveMs / Math.max(usualMs, 1));
  }
  return room + Math.floor(freeMeanwhile);
}

function waitMs({ sizeBytes, bytesSent, bytesPerSecond }: SendingFile): number {
  if (bytesPerSecond === null) return sizeBytes < smallFileBytes ? 0 : Number.POSITIVE_INFINITY;
  return bytesPerSecond <= 0 ? Number.POSITIVE_INFINITY : ((sizeBytes - bytesSent) * 1000) / bytesPerSecond;
}
