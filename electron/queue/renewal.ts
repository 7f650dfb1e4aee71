/** Expiry, the one rule: when a target counts as run out, how long to wait for the next one, when to give up. */

import type { Reservation } from '#ports/reservation.ts';
import type { Rejection } from '#ports/transfer.ts';
import { type Failure, failure } from '#shared/failure.ts';

/** After this many renewals without success the file goes alone, with the whole bandwidth. */
export const aloneAfterRenewals = 3;
/** After this many the file is blocked: it cannot fit. */
export const maxRenewalsInRow = 5;

const largestMarginMs = 60_000;
const renewalDelaysMs = [0, 1000, 5000, 15_000] as const;

/** The smaller of 60 s and a fifth of the TTL as issued. */
export function expiryMarginMs(ttlMs: number): number {
  return Math.min(largestMarginMs, Math.max(0, ttlMs) / 5);
}

export function ttlOf(reservation: Reservation): number | null {
  return reservation.expiresAt === undefined ? null : reservation.expiresAt - reservation.issuedAt;
}

/**
 * Whether to ask for a fresh target before sending. A target whose end is unknown is tried, and so is one that was just
 * received, however short its life.
 */
export function mustRenewBeforeSending(
  reservation: Reservation,
  now: number,
  isJustReceived: boolean,
): boolean {
  if (isJustReceived || reservation.expiresAt === undefined) return false;
  return reservation.expiresAt - now < expiryMarginMs(reservation.expiresAt - reservation.issuedAt);
}

/** What is known of the transfer that is about to begin. */
export interface ExpectedTransfer {
  readonly sizeBytes: number;
  /** Of the last whole transfers there; null: none was seen. */
  readonly bytesPerSecond: number | null;
  /** The store was seen to refuse a transfer that began in time. */
  readonly checksAtEnd: boolean;
}

/** A target may wait for its lane up to a quarter of its life. */
const shareAfterWaiting = 3 / 4;

/**
 * Whether to ask for a fresh target because the store looks at the end of the request, and what is left of this one is
 * expected to be over by then. Only where a fresh one will do, even after the longest wait for a lane: else renewing
 * would gain nothing, and might go on for ever. A target that was just received is tried.
 */
export function endsBeforeTheTransfer(
  reservation: Reservation,
  now: number,
  isJustReceived: boolean,
  { sizeBytes, bytesPerSecond, checksAtEnd }: ExpectedTransfer,
): boolean {
  const { expiresAt, issuedAt, checksAt } = reservation;
  if (isJustReceived || expiresAt === undefined || bytesPerSecond === null || bytesPerSecond <= 0)
    return false;
  if (checksAt === undefined ? !checksAtEnd : checksAt === 'start') return false;
  const neededMs = (sizeBytes * 1000) / bytesPerSecond;
  return expiresAt - now < neededMs && neededMs <= (expiresAt - issuedAt) * shareAfterWaiting;
}

/** The wait before renewal number `renewalsInRow` (1-indexed): at once, then 1 s, 5 s, 15 s. */
export function renewalDelayMs(renewalsInRow: number): number {
  return renewalDelaysMs[Math.min(Math.max(renewalsInRow, 1), renewalDelaysMs.length) - 1] ?? 0;
}

/** A store's clock may be off by so much before it counts: stores allow 15 minutes, some only 5. */
const largestSkewMs = 5 * 60_000;

/** A life is counted from the answer that brought it; the service may have begun to count so much before. */
const slowestAnswerMs = 30_000;

/** The store calls a target run out that by all other clocks has life left: no speed of ours would help. Null: it had none. */
export function refusedEarly(reservation: Reservation, rejection: Rejection, now: number): Failure | null {
  const ttlMs = ttlOf(reservation);
  if (ttlMs === null || reservation.expiresAt === undefined) return null;
  if (now >= reservation.expiresAt - Math.max(expiryMarginMs(ttlMs), slowestAnswerMs)) return null;
  const isSkewed = rejection.skewMs !== null && Math.abs(rejection.skewMs) > largestSkewMs;
  const facts = { host: rejection.host, status: rejection.status };
  return failure(isSkewed ? 'store-clock-off' : 'signature-refused', rejection.message, facts);
}

/** Whether a file would fit: by the speed seen, with the store checking at the end of a request. */
export function cannotFit(sizeBytes: number, bytesPerSecond: number | null, ttlMs: number | null): Failure {
  return failure('cannot-fit', '', {
    sizeBytes,
    ...(bytesPerSecond === null ? {} : { bytesPerSecond: Math.round(bytesPerSecond) }),
    ...(ttlMs === null ? {} : { ttlMs }),
  });
}
