/** The default reading of a store's refusal, for S3, R2, MinIO and whatever behaves like them. Pure. */
import type { JudgedTry, Verdict } from '#ports/provider.ts';
import type { Rejection } from '#ports/transfer.ts';
import { type Failure, type FailureCode, type FailureFacts, failure } from '#shared/failure.ts';
import { signerSkewOf } from './expiry.ts';
import { safeWords } from './server-words.ts';

/** A clock this far off explains a refused signature (stores allow 15 minutes, some only 5). */
const largestSkewMs = 5 * 60_000;
/** A target of unknown life that is refused sooner than this has not run out: its signature is wrong. */
const shortestLifeMs = 60_000;

const expiredCodes = new Set(['ExpiredToken', 'ExpiredRequest', 'TokenRefreshRequired']);
const signatureCodes = new Set([
  'SignatureDoesNotMatch',
  'InvalidAccessKeyId',
  'AuthorizationQueryParametersError',
  'AuthorizationHeaderMalformed',
  'InvalidSecurity',
  'InvalidToken',
]);
const throttleCodes = new Set([
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
  'RequestLimitExceeded',
]);

/** Codes that say it all, whatever the status they come with. */
const plainCodes: Readonly<Record<string, FailureCode>> = {
  NoSuchBucket: 'store-missing',
  EntityTooLarge: 'too-large',
  MaxMessageLengthExceeded: 'too-large',
  IncompleteBody: 'connection-broken',
  BadDigest: 'connection-broken',
  RequestTimeout: 'timeout',
  ConditionalRequestConflict: 'conflict',
  OperationAborted: 'conflict',
  InternalError: 'server-error',
  ServiceUnavailable: 'server-error',
  MissingContentLength: 'bad-request',
  NotImplemented: 'bad-request',
  InvalidArgument: 'bad-request',
};

const plainStatuses: Readonly<Record<number, FailureCode>> = {
  407: 'proxy-refused',
  408: 'timeout',
  409: 'conflict',
  411: 'bad-request',
  413: 'too-large',
  415: 'type-refused',
  501: 'bad-request',
};

export function judgeStore(rejection: Rejection, tried: JudgedTry): Verdict {
  const { status, storeCode } = rejection;
  // It came too early, or as a web page: whoever sent the bytes says which.
  if (status >= 200 && status < 300) return failed('bad-answer', rejection);
  if (status === 429 || (storeCode !== null && throttleCodes.has(storeCode)))
    return failed('rate-limited', rejection);
  if (storeCode === 'EntityTooLarge' || status === 413)
    return failed('too-large', rejection, { sizeBytes: tried.sizeBytes });
  const plain =
    (storeCode === null ? undefined : plainCodes[storeCode]) ??
    (isExpiry(rejection) ? undefined : plainStatuses[status]);
  if (plain !== undefined) return failed(plain, rejection);
  if (status >= 500) return failed('server-error', rejection);
  // Never followed: the signature is for the first host, and a fresh target may name the right one.
  if (status >= 300 && status < 400)
    return spent('bad-answer', {
      ...rejection,
      message: `A redirect came (HTTP ${status}); none is followed.`,
    });
  if (isExpiry(rejection)) return { kind: 'expired' };
  if (storeCode === 'RequestTimeTooSkewed' || (storeCode !== null && signatureCodes.has(storeCode)))
    return hasRunOut(tried) ? { kind: 'expired' } : refusedSignature(rejection, tried);
  if (status === 401 || status === 403)
    return hasRunOut(tried) || mayHaveRunOut(tried)
      ? { kind: 'expired' }
      : refusedSignature(rejection, tried);
  if (status === 412) return tried.wasDoubted ? { kind: 'arrived' } : spent('conflict', rejection);
  if (status === 404 || status === 410) return spent('bad-answer', rejection);
  return failed('bad-request', rejection);
}

/**
 * For stores that speak S3, which give every refusal a code. What has none is somebody's word on the way (a proxy, a
 * sign-in page): once all bytes were given, they may be there whatever it says. Who redirects has taken nothing.
 */
export function judgeS3(rejection: Rejection, tried: JudgedTry): Verdict {
  const verdict = judgeStore(rejection, tried);
  const { status, storeCode, bytesSent } = rejection;
  const isOfNoStore =
    (verdict.kind === 'spent' && storeCode === null && status >= 400) || (status >= 200 && status < 300);
  const isAllGiven = tried.sizeBytes > 0 && bytesSent >= tried.sizeBytes;
  return isOfNoStore && isAllGiven
    ? { kind: 'doubted', failure: refusal('bad-answer', rejection, {}) }
    : verdict;
}

/** One fresh target is tried; the second refusal in a row is the answer. */
export function refusedSignature(rejection: Rejection, tried: JudgedTry): Verdict {
  const skew = rejection.skewMs;
  const facts = skew === null ? {} : { skewMs: skew };
  // A code of its own is needed for the first one: it is what the queue remembers for the second.
  if (!tried.signatureRefusedBefore) return spent('signature-refused', rejection, facts);
  const isClock =
    rejection.storeCode === 'RequestTimeTooSkewed' || (skew !== null && Math.abs(skew) > largestSkewMs);
  if (!isClock) return failed('signature-refused', rejection, facts);
  // The link was signed at a time that this computer agrees with: then it is the store that is alone.
  const signerSkew = signerSkewOf(tried.reservation);
  const isStoreAlone = signerSkew !== null && Math.abs(signerSkew) < largestSkewMs;
  return failed(isStoreAlone ? 'store-clock-off' : 'clock-off', rejection, facts);
}

/** The store's words say expiry (S3 and MinIO: AccessDenied "Request has expired"). */
export function isExpiry(rejection: Rejection): boolean {
  if (rejection.status < 400 || rejection.status >= 500) return false;
  return (
    (rejection.storeCode !== null && expiredCodes.has(rejection.storeCode)) ||
    /\bexpired\b/i.test(rejection.message)
  );
}

/** Past its end, or so near to it that two clocks may disagree. */
export function hasRunOut(tried: JudgedTry): boolean {
  const { expiresAt, issuedAt } = tried.reservation;
  if (expiresAt === undefined) return false;
  return tried.now >= expiresAt - Math.min(60_000, Math.max(0, expiresAt - issuedAt) / 5);
}

function mayHaveRunOut(tried: JudgedTry): boolean {
  const { expiresAt, issuedAt } = tried.reservation;
  return expiresAt === undefined && tried.now - issuedAt >= shortestLifeMs;
}

export function spent(code: FailureCode, rejection: Rejection, facts: FailureFacts = {}): Verdict {
  return { kind: 'spent', failure: refusal(code, rejection, facts) };
}

export function failed(
  code: FailureCode,
  rejection: Rejection,
  facts: FailureFacts = {},
  message = rejection.message,
): Verdict {
  return {
    kind: 'failed',
    failure: refusal(code, rejection, facts, message),
    retryAfterMs: rejection.retryAfterMs,
  };
}

function refusal(
  code: FailureCode,
  rejection: Rejection,
  facts: FailureFacts,
  message = rejection.message,
): Failure {
  const words = [rejection.storeCode, message].filter((part) => part !== null && part !== '').join(': ');
  return failure(code, safeWords(words), {
    host: rejection.host,
    status: rejection.status,
    ...(rejection.requestId === null ? {} : { requestId: rejection.requestId }),
    ...facts,
  });
}
