import type { WatchFile } from '#ports/journal.ts';

/** A file that is being written, as far as anybody can tell from outside. Times are monotonic unless said otherwise. */
export interface SettlingFile {
  readonly file: WatchFile;
  /** The row of its job, where this is newer content of one. */
  readonly before: WatchFile | null;
  /** Epoch ms when it was first seen settling. */
  readonly since: number;
  /** When this version was first read. */
  readonly readAt: number;
  /** How long it must stay so. */
  readonly waitMs: number;
  /** Where the rate was last taken. */
  readonly ratedAt: number;
  readonly ratedBytes: number;
  readonly bytesPerSecond: number;
  /** What keeps it from going although it is written; null if nothing does. */
  readonly reason: string | null;
  /** We may not read it. */
  readonly isUnreadable: boolean;
  /** Failures in a row to open it, or to hand it on. */
  readonly failures: number;
  /** Not before this. */
  readonly retryAt: number;
}

/** On network drives times and sizes come late; a shorter wait tells nothing. */
export const networkSettleMs = 10_000;
const maxFactor = 8;
const rateWindowMs = 500;
const firstRetryMs = 1000;
const lastRetryMs = 60_000;
/** Programs set rights last, and scanners hold what is new: a file is often unreadable for some seconds. */
const hopelessFailures = 3;

/** How long a file must stay the same. Doubles, to eight times, each time it went on moving after it had settled. */
export function waitFor(settleMs: number, isNetwork: boolean, relapses: number): number {
  const base = isNetwork ? Math.max(settleMs, networkSettleMs) : settleMs;
  return base * Math.min(maxFactor, 2 ** relapses);
}

/** Whether a change at `at` means that the file had not really been written when it settled. */
export function isRelapse(settledAt: number, at: number, waitMs: number): boolean {
  return at - settledAt < Math.max(60_000, 4 * waitMs);
}

export function beginSettling(
  file: WatchFile,
  before: WatchFile | null,
  at: { readonly now: number; readonly monotonic: number },
  waitMs: number,
): SettlingFile {
  return {
    file,
    before,
    since: at.now,
    readAt: at.monotonic,
    waitMs,
    ratedAt: at.monotonic,
    ratedBytes: file.sizeBytes,
    bytesPerSecond: 0,
    reason: null,
    isUnreadable: false,
    failures: 0,
    retryAt: 0,
  };
}

/** Another version was read: the wait begins anew. Never gives up. */
export function readAnew(
  settling: SettlingFile,
  file: WatchFile,
  before: WatchFile | null,
  monotonic: number,
): SettlingFile {
  const elapsedMs = monotonic - settling.ratedAt;
  const isRated = elapsedMs >= rateWindowMs;
  const grownBytes = Math.max(0, file.sizeBytes - settling.ratedBytes);
  return {
    ...settling,
    file,
    before,
    readAt: monotonic,
    ratedAt: isRated ? monotonic : settling.ratedAt,
    ratedBytes: isRated ? file.sizeBytes : settling.ratedBytes,
    bytesPerSecond: isRated ? Math.round((grownBytes * 1000) / elapsedMs) : settling.bytesPerSecond,
    reason: null,
    isUnreadable: false,
    failures: 0,
    retryAt: 0,
  };
}

/** Written, but it could not be opened or handed on: offered again, ever slower, for as long as it is there. */
export function holdBack(
  settling: SettlingFile,
  trouble: { readonly reason: string; readonly isUnreadable: boolean },
  monotonic: number,
): SettlingFile {
  const delayMs = Math.min(lastRetryMs, firstRetryMs * 2 ** settling.failures);
  return {
    ...settling,
    ...trouble,
    bytesPerSecond: 0,
    failures: settling.failures + 1,
    retryAt: monotonic + delayMs,
  };
}

/** We may not read it, and that is not going to pass by itself. */
export function isHopeless(settling: SettlingFile): boolean {
  return settling.isUnreadable && settling.failures >= hopelessFailures;
}

/** When it is to be read again. */
export function dueAt(settling: SettlingFile): number {
  return Math.max(settling.readAt + settling.waitMs, settling.retryAt);
}

/** Why a file that does not change cannot be opened, for people. */
export function troubleInWords(code: string): { readonly reason: string; readonly isUnreadable: boolean } {
  if (code === 'EACCES' || code === 'EPERM')
    return { reason: 'Hoist may not read the file.', isUnreadable: true };
  const isHeld = code === 'EBUSY' || code === 'EAGAIN' || code === 'ETXTBSY';
  const reason = isHeld ? 'Another program holds the file.' : `The file cannot be opened (${code}).`;
  return { reason, isUnreadable: false };
}
