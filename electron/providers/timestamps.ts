/** Reads the points in time that the services write, all into epoch ms. */

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s*(Z|z|[+-]\d{2}:?\d{2})?$/;
const amzDate = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** Seconds and milliseconds cannot be mixed up: this many seconds is the year 5138, this many ms is 1973. */
const firstMs = 100_000_000_000;

/**
 * RFC 3339 with up to nine digits of fraction (Go) and a numeric offset, or none, which means UTC; or a number of
 * seconds or ms since the epoch. Null for anything else, and for Go's zero time.
 */
export function parseTimestamp(value: unknown): number | null {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{9,14}$/.test(text)) return fromNumber(Number(text));
  const match = rfc3339.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', offset] = match;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const utc = toUtc([year, month, day, hour, minute, second], ms);
  return utc === null ? null : utc - offsetMs(offset);
}

/** `YYYYMMDDTHHMMSSZ`, as signed URLs carry it. */
export function parseAmzDate(text: string): number | null {
  const match = amzDate.exec(text);
  return match === null ? null : toUtc(match.slice(1), 0);
}

function fromNumber(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  return Math.round(value < firstMs ? value * 1000 : value);
}

function toUtc(parts: readonly (string | undefined)[], ms: number): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (year < 1971 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined || /^z$/i.test(offset)) return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) * 60_000;
}
