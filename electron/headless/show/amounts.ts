/** Sizes, speeds and times in words. Pure. */
import prettyBytes from 'pretty-bytes';
import prettyMilliseconds from 'pretty-ms';

/** "4.8 GB": decimal units, as file managers and network speeds count. */
export const sizeText = (bytes: number): string =>
  prettyBytes(Math.max(0, Math.round(bytes)), { maximumFractionDigits: 1 });

export const speedText = (bytesPerSecond: number): string => `${sizeText(bytesPerSecond)}/s`;

/** "1.2 of 4.8 GB"; the unit is said once where both have the same. */
export function partText(bytes: number, of: number): string {
  const [part, whole] = [sizeText(bytes), sizeText(of)];
  const [number, unit] = part.split(' ');
  return `${number !== undefined && unit === whole.split(' ')[1] ? number : part} of ${whole}`;
}

/** "0:12", "12:03", "2:05:00": for a column. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** "about 9 min", "about 2 h", "less than a minute": no more exact than it can be. */
export function aboutText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return 'less than a minute';
  if (minutes < 90) return `about ${minutes} min`;
  return minutes < 48 * 60
    ? `about ${Math.round(minutes / 60)} h`
    : `about ${Math.round(minutes / 1440)} days`;
}

/** "12 s", "1 m 30 s": for countdowns. */
export const waitText = (ms: number): string =>
  prettyMilliseconds(Math.max(1000, Math.ceil(ms / 1000) * 1000), { unitCount: 2 });

/** "1 file", "12 files". */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
