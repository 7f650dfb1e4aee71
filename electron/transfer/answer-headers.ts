/** What the headers of an answer tell: when to come back, how far the clocks are apart, and the request's name. */
import type { IncomingHttpHeaders } from 'node:http';

export type AnswerHeaders = Readonly<Record<string, string>>;

const hourMs = 3_600_000;

/** Lower-case names, one text each. Cookies are dropped: nothing of ours keeps them. */
export function flattenHeaders(headers: IncomingHttpHeaders): AnswerHeaders {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'set-cookie') continue;
    flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/**
 * Ms from now, within [0, 1 h]; null where there is none or it is junk. `retry-after-ms` (FLORA's SDK reads it) is finer
 * and wins; `retry-after` is seconds or an HTTP date (RFC 9110, 10.2.3). A date is taken by the server's own clock.
 */
export function parseRetryAfter(headers: AnswerHeaders, now: number): number | null {
  const inMs = parseNumber(headers['retry-after-ms']);
  if (inMs !== null) return clampDelay(inMs);
  const inSeconds = parseNumber(headers['retry-after']);
  if (inSeconds !== null) return clampDelay(inSeconds * 1000);
  const at = parseHttpDate(headers['retry-after']);
  if (at === null) return null;
  return clampDelay(at - (parseHttpDate(headers.date) ?? now));
}

function parseNumber(text: string | undefined): number | null {
  if (text === undefined || !/^[+-]?\d+(\.\d+)?$/.test(text.trim())) return null;
  return Number(text);
}

function clampDelay(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), hourMs));
}

/** The three forms of RFC 9110, 5.6.7. `Date.parse` alone reads dates into almost any text. */
export function parseHttpDate(text: string | undefined): number | null {
  if (text === undefined) return null;
  const trimmed = text.trim();
  const isAsctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/.test(trimmed);
  const isDated = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/.test(trimmed);
  if (!isAsctime && !isDated) return null;
  const at = Date.parse(isAsctime ? `${trimmed} GMT` : trimmed);
  return Number.isNaN(at) ? null : at;
}

/** Server clock minus ours, ms; null where the server does not say. `Date` has whole seconds. */
export function parseSkew(headers: AnswerHeaders, now: number): number | null {
  const at = parseHttpDate(headers.date);
  return at === null ? null : at - now;
}

const requestIdHeaders = ['request-id', 'x-request-id', 'x-amz-request-id'] as const;

/** Ids are short and plain; anything else is not repeated. */
export function parseRequestId(headers: AnswerHeaders): string | null {
  for (const name of requestIdHeaders) {
    const value = headers[name];
    if (value !== undefined && /^[\w.:=+/-]{1,128}$/.test(value)) return value;
  }
  return null;
}
