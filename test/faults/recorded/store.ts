/** Stores that speak S3: an error is a flat XML document, and a stored object has an ETag. */
import { z } from 'zod';
import type { RecordedAnswer } from './answer.ts';

const error = (status: number, code: string, details: z.ZodRawShape = {}): RecordedAnswer => ({
  status,
  type: 'xml',
  body: z.strictObject({
    Code: z.literal(code),
    Message: z.string(),
    Resource: z.string().optional(),
    ...details,
    RequestId: z.string(),
    HostId: z.string(),
  }),
});

export const store = {
  stored: { status: 200, type: 'empty', body: z.literal(''), headers: { etag: /^"[0-9a-f]{32}"$/ } },
  expired: error(403, 'AccessDenied', {
    'X-Amz-Expires': z.string().optional(),
    Expires: z.string(),
    ServerTime: z.string(),
  }),
  signatureDiffers: error(403, 'SignatureDoesNotMatch', {
    StringToSign: z.string().optional(),
    CanonicalRequest: z.string().optional(),
    SignatureProvided: z.string().optional(),
    AWSAccessKeyId: z.string().optional(),
  }),
  skewed: error(403, 'RequestTimeTooSkewed', {
    RequestTime: z.string(),
    ServerTime: z.string(),
    MaxAllowedSkewMilliseconds: z.string(),
  }),
  exists: error(412, 'PreconditionFailed', { Condition: z.string() }),
  raced: error(409, 'ConditionalRequestConflict'),
  noLength: error(411, 'MissingContentLength'),
  slowDown: error(503, 'SlowDown'),
  internal: error(500, 'InternalError'),
} satisfies Readonly<Record<string, RecordedAnswer>>;
