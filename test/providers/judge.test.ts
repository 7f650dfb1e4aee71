import { describe, expect, it } from 'vitest';
import type { JudgedTry, Verdict } from '#ports/provider.ts';
import type { Rejection } from '#ports/transfer.ts';
import type { FailureCode } from '#shared/failure.ts';
import { judgeForm } from '../../electron/providers/flora/judging.ts';
import { judgeStore } from '../../electron/providers/judge.ts';

const now = 1_800_000_000_000;
const hour = 3_600_000;

function rejection(
  status: number,
  storeCode: string | null = null,
  more: Partial<Rejection> = {},
): Rejection {
  return {
    status,
    storeCode,
    message: '',
    host: 's3.example',
    requestId: 'r1',
    retryAfterMs: null,
    skewMs: 0,
    bytesSent: 100,
    ...more,
  };
}

/** Issued ten minutes ago; `left` ms of its hour remain; null: no end known. */
function tried(left: number | null = hour, more: Partial<JudgedTry> = {}, ageMs = 600_000): JudgedTry {
  return {
    reservation: {
      remoteId: 'a1',
      target: { method: 'PUT', url: 'https://s3.example/k?X-Amz-Signature=secret', headers: {} },
      issuedAt: now - ageMs,
      ...(left === null ? {} : { expiresAt: now + left }),
      memo: {},
    },
    wasDoubted: false,
    signatureRefusedBefore: false,
    sizeBytes: 1000,
    now,
    ...more,
  };
}

const brief = (verdict: Verdict): string =>
  'failure' in verdict ? `${verdict.kind} ${verdict.failure.code}` : verdict.kind;

type Row = [string, Rejection, JudgedTry, string];
const refusedBefore = { signatureRefusedBefore: true };

describe('judgeStore', () => {
  it.each<Row>([
    ['S3 expiry', rejection(403, 'AccessDenied', { message: 'Request has expired' }), tried(), 'expired'],
    ['expiry without a code', rejection(403, null, { message: 'Request has expired' }), tried(), 'expired'],
    ['the signer ran out', rejection(400, 'ExpiredToken'), tried(), 'expired'],
    ['AccessDenied past the end', rejection(403, 'AccessDenied'), tried(-1), 'expired'],
    ['AccessDenied within the margin', rejection(403, 'AccessDenied'), tried(30_000), 'expired'],
    ['AccessDenied with life left', rejection(403, 'AccessDenied'), tried(), 'spent signature-refused'],
    ['403 of an old target of unknown life', rejection(403), tried(null), 'expired'],
    ['403 of a new target of unknown life', rejection(403), tried(null, {}, 5000), 'spent signature-refused'],
    ['401 is read like 403', rejection(401), tried(-1), 'expired'],
    ['signature past the end', rejection(403, 'SignatureDoesNotMatch'), tried(-1), 'expired'],
    ['signature, first', rejection(403, 'SignatureDoesNotMatch'), tried(), 'spent signature-refused'],
    [
      'signature, second',
      rejection(403, 'SignatureDoesNotMatch'),
      tried(hour, refusedBefore),
      'failed signature-refused',
    ],
    [
      'signature, second, clock off',
      rejection(403, 'SignatureDoesNotMatch', { skewMs: 301_000 }),
      tried(hour, refusedBefore),
      'failed clock-off',
    ],
    [
      'signature, second, clock off the other way',
      rejection(403, 'SignatureDoesNotMatch', { skewMs: -301_000 }),
      tried(hour, refusedBefore),
      'failed clock-off',
    ],
    [
      'signature, second, clock near',
      rejection(403, 'SignatureDoesNotMatch', { skewMs: 299_000 }),
      tried(hour, refusedBefore),
      'failed signature-refused',
    ],
    ['skew, first', rejection(403, 'RequestTimeTooSkewed'), tried(), 'spent signature-refused'],
    ['skew, second', rejection(403, 'RequestTimeTooSkewed'), tried(hour, refusedBefore), 'failed clock-off'],
    ['no bucket', rejection(404, 'NoSuchBucket'), tried(), 'failed store-missing'],
    ['another 404', rejection(404), tried(), 'spent bad-answer'],
    ['too large by code', rejection(400, 'EntityTooLarge'), tried(), 'failed too-large'],
    ['too large by status', rejection(413), tried(), 'failed too-large'],
    ['short body', rejection(400, 'IncompleteBody'), tried(), 'failed connection-broken'],
    ['idle body', rejection(400, 'RequestTimeout'), tried(), 'failed timeout'],
    ['concurrent write', rejection(409, 'ConditionalRequestConflict'), tried(), 'failed conflict'],
    ['409', rejection(409), tried(), 'failed conflict'],
    ['500', rejection(500, 'InternalError'), tried(), 'failed server-error'],
    ['503', rejection(503), tried(), 'failed server-error'],
    ['501', rejection(501, 'NotImplemented'), tried(), 'failed bad-request'],
    ['411', rejection(411, 'MissingContentLength'), tried(), 'failed bad-request'],
    ['a leaked credential', rejection(400, 'InvalidArgument'), tried(), 'failed bad-request'],
    ['SlowDown', rejection(503, 'SlowDown'), tried(), 'failed rate-limited'],
    ['429', rejection(429), tried(), 'failed rate-limited'],
    ['301', rejection(301, 'PermanentRedirect'), tried(), 'spent bad-answer'],
    ['307', rejection(307), tried(), 'spent bad-answer'],
    ['an early 200', rejection(200), tried(), 'failed bad-answer'],
    ['412, first try', rejection(412, 'PreconditionFailed'), tried(), 'spent conflict'],
    ['412 after doubt', rejection(412, 'PreconditionFailed'), tried(hour, { wasDoubted: true }), 'arrived'],
    ['another 400', rejection(400, 'MalformedXML'), tried(), 'failed bad-request'],
    [
      'a clock that says expired, an answer that says server',
      rejection(500),
      tried(-1),
      'failed server-error',
    ],
    ['a 413 past the end', rejection(413), tried(-1), 'failed too-large'],
  ])('%s', (_name, seen, judged, expected) => {
    expect(brief(judgeStore(seen, judged))).toBe(expected);
  });

  it('hands on the delay, the host, the status, the request id and the store code', () => {
    const verdict = judgeStore(
      rejection(503, 'SlowDown', { retryAfterMs: 7000, message: 'Reduce rate' }),
      tried(),
    );
    expect(verdict).toEqual({
      kind: 'failed',
      retryAfterMs: 7000,
      failure: {
        code: 'rate-limited' satisfies FailureCode,
        message: 'SlowDown: Reduce rate',
        facts: { host: 's3.example', status: 503, requestId: 'r1' },
      },
    });
  });

  it('says how far the clock is off', () => {
    const seen = rejection(403, 'SignatureDoesNotMatch', { skewMs: -400_000 });
    const verdict = judgeStore(seen, tried(hour, refusedBefore));
    expect('failure' in verdict && verdict.failure.facts.skewMs).toBe(-400_000);
  });
});

describe('judgeForm', () => {
  const posted = (left: number | null, more: Partial<JudgedTry> = {}) => {
    const judged = tried(left, more);
    return {
      ...judged,
      reservation: {
        ...judged.reservation,
        target: { method: 'POST' as const, url: 'https://up.example/', fields: [], fileField: 'file' },
      },
    };
  };
  it.each<Row>([
    [
      'expired',
      rejection(400, null, { message: 'The expire parameter is in the past' }),
      posted(hour),
      'expired',
    ],
    ['past its end', rejection(400, null, { message: 'Bad request' }), posted(-1), 'expired'],
    [
      'a used token',
      rejection(400, null, { message: 'Token has been used' }),
      posted(hour),
      'spent bad-request',
    ],
    [
      'too large',
      rejection(400, null, { message: 'File size exceeds the limit of 25 MB' }),
      posted(hour),
      'failed too-large',
    ],
    [
      'its signature',
      rejection(400, null, { message: 'Invalid signature' }),
      posted(hour),
      'spent signature-refused',
    ],
    [
      'its signature again',
      rejection(400, null, { message: 'Invalid signature' }),
      posted(hour, refusedBefore),
      'failed signature-refused',
    ],
    ['500', rejection(500), posted(hour), 'failed server-error'],
    ['429', rejection(429), posted(hour), 'failed rate-limited'],
  ])('%s', (_name, seen, judged, expected) => {
    expect(brief(judgeForm(seen, judged))).toBe(expected);
  });
});
