/**
 * Presigned URLs in the manner of S3 (Signature Version 4 in the query): the URL itself is the permission, for one
 * method, one path, one set of header values, and a while. Pure.
 */
import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SigningKey {
  readonly accessKey: string;
  readonly secret: string;
}

export interface Grant {
  readonly method: 'PUT' | 'GET';
  /** Percent-encoded. */
  readonly path: string;
  /** Lower-case names with the values that the request must send; `host` is always among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly issuedAt: number;
  readonly ttlMs: number;
}

export interface Presigned {
  readonly query: string;
  /** X-Amz-Date + X-Amz-Expires, epoch ms: what the store will go by. */
  readonly expiresAt: number;
}

/** Signs a grant. The URL counts in whole seconds: both ends are rounded up, so it never lives shorter than asked for. */
export function presign(grant: Grant, key: SigningKey): Presigned {
  const beginsAt = Math.ceil(grant.issuedAt / 1000) * 1000;
  const date = amzDate(beginsAt);
  const expires = Math.min(longestSeconds, Math.max(1, Math.ceil(grant.ttlMs / 1000)));
  const names = Object.keys(grant.headers).sort();
  const pairs = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${key.accessKey}/${scopeOf(date)}`],
    ['X-Amz-Date', date],
    ['X-Amz-Expires', String(expires)],
    ['X-Amz-SignedHeaders', names.join(';')],
  ].map(([name = '', value = '']) => `${name}=${encodeStrictly(value)}`);
  const signature = sign(grant.method, grant.path, pairs, names, grant.headers, date, key);
  return {
    query: [...pairs, `X-Amz-Signature=${signature}`].join('&'),
    expiresAt: beginsAt + expires * 1000,
  };
}

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
}

export type Verdict =
  | { readonly kind: 'granted'; readonly expiresAt: number }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'expired'; readonly expiresAt: number; readonly expiresSeconds: string }
  /** `date` as it was signed. */
  | { readonly kind: 'skewed'; readonly date: string }
  | { readonly kind: 'mismatch' };

/** The store's clock may be off by this much against the signer's. */
export const maxSkewMs = 900_000;

/** Whether a request may do what it asks for, at this moment. */
export function checkSignature(request: SignedRequest, key: SigningKey, now: number): Verdict {
  const pairs = request.rawQuery.split('&').filter((pair) => pair !== '');
  const values = new URLSearchParams(request.rawQuery);
  const date = values.get('X-Amz-Date') ?? '';
  const seconds = values.get('X-Amz-Expires') ?? '';
  const given = values.get('X-Amz-Signature') ?? '';
  const beginsAt = parseAmzDate(date);
  const isComplete = values.get('X-Amz-Algorithm') === algorithm && /^\d{1,6}$/.test(seconds) && given !== '';
  if (!isComplete || beginsAt === null) return { kind: 'unsigned' };

  const expiresAt = beginsAt + Number(seconds) * 1000;
  if (beginsAt - now > maxSkewMs) return { kind: 'skewed', date };
  if (now > expiresAt) return { kind: 'expired', expiresAt, expiresSeconds: seconds };

  const names = (values.get('X-Amz-SignedHeaders') ?? '').split(';');
  const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')]));
  const signed = pairs.filter((pair) => !pair.startsWith('X-Amz-Signature='));
  const wanted = sign(request.method, request.path, signed, names, headers, date, key);
  return isEqual(given, wanted) ? { kind: 'granted', expiresAt } : { kind: 'mismatch' };
}

/** S3 signs for seven days at most. */
const longestSeconds = 604_800;

const algorithm = 'AWS4-HMAC-SHA256';
const region = 'demo';
const scopeOf = (date: string) => `${date.slice(0, 8)}/${region}/s3/aws4_request`;

/** Path of an object, each segment percent-encoded as S3 does. */
export function encodePath(...segments: readonly string[]): string {
  return segments.map((segment) => segment.split('/').map(encodeStrictly).join('/')).join('/');
}

function sign(
  method: string,
  path: string,
  pairs: readonly string[],
  names: readonly string[],
  headers: Readonly<Record<string, string>>,
  date: string,
  key: SigningKey,
): string {
  const canonicalHeaders = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const canonical = [
    method,
    path,
    [...pairs].sort().join('&'),
    canonicalHeaders,
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ];
  const toSign = [algorithm, date, scopeOf(date), hash('sha256', canonical.join('\n'))].join('\n');
  return hmac(dayKey(key.secret, date.slice(0, 8)), toSign).toString('hex');
}

let lastDayKey: { readonly name: string; readonly value: KeyObject } | null = null;

/** The key of one day; nearly always that of the call before. */
function dayKey(secret: string, day: string): KeyObject {
  const name = `${secret}/${day}`;
  if (lastDayKey?.name !== name) {
    const value = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request');
    lastDayKey = { name, value: createSecretKey(value) };
  }
  return lastDayKey.value;
}

function hmac(key: string | Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `YYYYMMDDTHHMMSSZ` */
function amzDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function parseAmzDate(date: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** encodeURIComponent leaves !'()* alone; SigV4 does not. */
function encodeStrictly(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
