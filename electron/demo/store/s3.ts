/** The S3-compatible store: PUT of one object by a presigned URL, and GET of it by another. */
import type { ProviderKind } from '#shared/destination.ts';
import { buckets } from '../address.ts';
import type { DemoContext } from '../context.ts';
import type { Answer } from '../http/answer.ts';
import { empty } from '../http/answer.ts';
import type { Call, Surface } from '../http/surface.ts';
import { s3Error, s3Refusal } from './s3-errors.ts';
import { serveObject } from './serve-object.ts';
import { checkSignature, maxSkewMs, type Verdict } from './signature.ts';

/** What a dialect knows about its objects that the store does not. */
export interface ObjectRules {
  /** Epoch ms when a lifecycle rule deletes an object that was stored at this moment; Infinity: never. */
  diesAt(bucket: string, storedAt: number): number;
  stored(bucket: string, key: string): void;
}

/** One PUT cannot be larger than this, anywhere. */
const maxPutBytes = 5 * 1024 ** 3;

export function s3Surface(context: DemoContext, rules: ObjectRules): Surface {
  return {
    prefix: '',
    dialectOf: (params) => dialectOfBucket(params.bucket),
    guard: () => null,
    refuse: s3Refusal,
    routes: [
      {
        method: 'PUT',
        pattern: '/:bucket/*key',
        stage: 'upload',
        handle: (call) => put(context, rules, call),
      },
      {
        method: 'GET',
        pattern: '/:bucket/*key',
        stage: 'other',
        handle: (call) => get(context, rules, call),
      },
    ],
  };
}

async function put(context: DemoContext, rules: ObjectRules, call: Call): Promise<Answer | null> {
  const { bucket = '', key = '' } = call.params;
  const counts = call.dialect === null ? null : context.counters.dialects[call.dialect];
  if (counts !== null) counts.uploads += 1;

  // Where the expiry is checked at the end only, a request may begin late; the signature is checked at once all the same.
  const isCheckedAtEnd = context.faults.take('expiryCheckedAt', call) === 'end';
  const now = storeClock(context, call);
  const startedAt = now();
  const verdict = checkSignature(signedPart(call), context.signingKey, startedAt);
  const refusal = refuseBefore(call, verdict, startedAt, isExisting(context, rules, bucket, key));
  if (refusal !== null) return (await call.body.drain()) ? refusal : null;

  const sizeBytes = Number(call.request.headers['content-length']);
  const sink = context.objects.open(sizeBytes);
  const isWhole = await call.body.pump((chunk) => sink.write(chunk)).catch(() => null);
  if (isWhole !== true) {
    // A short body stores nothing; null means that our own disk failed.
    await sink.discard();
    return isWhole === null ? s3Refusal(500) : null;
  }
  if (counts !== null) {
    counts.bodies += 1;
    counts.bodyBytes += sizeBytes;
  }
  const endedAt = now();
  const late = isCheckedAtEnd && verdict.kind === 'granted' && endedAt > verdict.expiresAt;
  const isTaken = mustBeNew(call) && isExisting(context, rules, bucket, key);
  if (late || isTaken) {
    await sink.discard();
    context.objects.countBody(bucket, key);
    return late ? expired(verdict.expiresAt, endedAt, '') : s3Refusal(412);
  }
  const contentType = call.request.headers['content-type'] ?? null;
  const received = await sink.finish();
  const object = context.objects.store(bucket, key, contentType, received);
  rules.stored(bucket, key);
  return empty(200, { etag: object.etag });
}

/** Everything that speaks against a PUT before its body is looked at, in the order of a real store. */
function refuseBefore(call: Call, verdict: Verdict, now: number, exists: boolean): Answer | null {
  const { headers } = call.request;
  if (headers.authorization !== undefined) {
    // The signed query is one way to show who you are; a second one beside it is refused, whatever it says.
    return s3Error(
      400,
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      {
        ArgumentName: 'Authorization',
      },
    );
  }
  if (headers['content-length'] === undefined) {
    return s3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const denied = refuseSignature(verdict, now);
  if (denied !== null) return denied;
  if (dialectOfBucket(call.params.bucket) === null) return noSuchBucket(call.params.bucket ?? '');
  if (Number(headers['content-length']) > maxPutBytes) return s3Refusal(413);
  return mustBeNew(call) && exists ? s3Refusal(412) : null;
}

function refuseSignature(verdict: Verdict, now: number): Answer | null {
  switch (verdict.kind) {
    case 'granted':
      return null;
    case 'unsigned':
      return s3Refusal(403);
    case 'expired':
      return expired(verdict.expiresAt, now, verdict.expiresSeconds);
    case 'skewed':
      return dated(
        s3Error(
          403,
          'RequestTimeTooSkewed',
          'The difference between the request time and the current time is too large.',
          {
            RequestTime: verdict.date,
            ServerTime: isoSeconds(now),
            MaxAllowedSkewMilliseconds: String(maxSkewMs),
          },
        ),
        now,
      );
    case 'mismatch':
      return s3Error(
        403,
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      );
  }
}

function expired(expiresAt: number, now: number, seconds: string): Answer {
  const answer = s3Error(403, 'AccessDenied', 'Request has expired', {
    ...(seconds === '' ? {} : { 'X-Amz-Expires': seconds }),
    Expires: isoSeconds(expiresAt),
    ServerTime: isoSeconds(now),
  });
  return dated(answer, now);
}

/** Where the store's clock differs from the signer's, its `Date` says so. */
function dated(answer: Answer, now: number): Answer {
  return { ...answer, headers: { ...answer.headers, date: new Date(now).toUTCString() } };
}

async function get(context: DemoContext, rules: ObjectRules, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const now = storeClock(context, call)();
  // A URL that was signed for GET serves HEAD as well here; S3 wants one of its own.
  const denied = refuseSignature(
    checkSignature({ ...signedPart(call), method: 'GET' }, context.signingKey, now),
    now,
  );
  if (denied !== null) return denied;
  const { bucket = '', key = '' } = call.params;
  if (dialectOfBucket(bucket) === null) return noSuchBucket(bucket);
  return serveObject(isExisting(context, rules, bucket, key) ? context.objects.find(bucket, key) : null);
}

function isExisting(context: DemoContext, rules: ObjectRules, bucket: string, key: string): boolean {
  const object = context.objects.find(bucket, key);
  return object !== null && context.now() < rules.diesAt(bucket, object.storedAt);
}

function mustBeNew(call: Call): boolean {
  return call.request.headers['if-none-match'] === '*';
}

function noSuchBucket(bucket: string): Answer {
  return s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket });
}

function signedPart(call: Call) {
  return { method: call.method, path: call.path, rawQuery: call.rawQuery, headers: call.request.headers };
}

/** The store's own clock for one request; the fault that moves it is asked about once. */
function storeClock(context: DemoContext, call: Call): () => number {
  const skewMs = context.faults.take('storeSkewMs', call) ?? 0;
  return () => context.now() + skewMs;
}

function dialectOfBucket(bucket: string | undefined): ProviderKind | null {
  for (const [kind, name] of Object.entries(buckets)) {
    if (name === bucket) return kind as ProviderKind;
  }
  return null;
}

function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
