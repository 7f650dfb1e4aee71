import { formatBytes } from '#shared/failure.ts';

/** No line ends between a number and its unit. */
const inOneLine = (amount: string): string => amount.replaceAll(' ', '\u00a0');

/** "812 B", "48.2 MB": as in every sentence of a failure. */
export const bytes = (count: number): string => inOneLine(formatBytes(count));

/** "1.2 of 4.8 GB": one unit where both share it. */
export function bytesOf(done: number, total: number): string {
  const [doneNumber, doneUnit] = bytes(done).split('\u00a0');
  const [, totalUnit] = bytes(total).split('\u00a0');
  return done === 0 || doneUnit === totalUnit
    ? `${doneNumber} of ${bytes(total)}`
    : `${bytes(done)} of ${bytes(total)}`;
}

export const speed = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`;

/** "0.25 MB/s", "5 MB/s": a limit, in the unit and as exact as it can be set. */
export const speedLimit = (bytesPerSecond: number): string =>
  `${(bytesPerSecond / 1_000_000).toLocaleString(undefined, { maximumFractionDigits: 2 })}\u00a0MB/s`;

/** Whole percent; 100 only when everything is there. */
export const percent = (done: number, total: number): number =>
  total <= 0 ? 0 : done >= total ? 100 : Math.max(0, Math.min(99, Math.floor((done / total) * 100)));

/** "5 s", "9 min", "3 h 20 min", "2 days": as precise as a person can use. */
export const duration = (ms: number): string => inOneLine(durationOf(ms));

function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return ms <= 0 ? '0 s' : `${Math.max(ms / 1000, 0.1).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 10 && minutes % 60 !== 0) return `${hours} h ${minutes % 60} min`;
  // From 47 h 30 min on it would read 48 h.
  if (minutes < 47.5 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}

/** "42 s", "12 min": what is left of a wait, in whole seconds that end with it. Never like "12:05", which is a time of day. */
export const countdown = (ms: number): string => duration(Math.max(0, Math.ceil(ms / 1000)) * 1000);

/** "about 9 min", rounded as its certainty allows. */
export function about(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return 'a few seconds';
  const step = seconds < 55 ? 10 : seconds < 600 ? 60 : seconds < 3600 ? 300 : 900;
  return `about ${duration(Math.round(seconds / step) * step * 1000)}`;
}
