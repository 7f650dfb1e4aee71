import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type FileIdentity, type ReceiveOptions, receiveFile } from '#inbox';
import { UploadError } from '#ports/upload-error.ts';
import { type FailureCode, failure } from '#shared/failure.ts';
import { type Answer, json, refusal } from './answer.ts';

const whole = z.string().regex(/^\d{1,16}$/);

const identitySchema = z
  .object({
    name: z.string().min(1).max(1024),
    size: whole.transform(Number).pipe(z.number().int().max(Number.MAX_SAFE_INTEGER)),
    lastModified: z
      .string()
      .regex(/^-?\d{1,16}$/)
      .transform(Number),
    relativePath: z.string().max(4096).optional(),
  })
  .transform(
    (query): FileIdentity => ({
      name: query.name,
      sizeBytes: query.size,
      lastModified: query.lastModified,
      relativePath: query.relativePath ?? null,
    }),
  );

const statusOf: Partial<Record<FailureCode, number>> = {
  'disk-full': 507,
  invalid: 400,
  'connection-broken': 400,
};

/**
 * `POST /inbox?name=…&size=…&lastModified=…[&relativePath=…]`, the body being the file. Answers `{ path }`, which the page
 * then adds like any other path, or `{ failure }`.
 */
export async function takeIntoInbox(
  request: IncomingMessage,
  query: URLSearchParams,
  options: ReceiveOptions,
  onBug: (error: unknown) => void,
): Promise<Answer> {
  const identity = identitySchema.safeParse(Object.fromEntries(query));
  if (!identity.success) return refusal(400, failure('invalid', 'Say name, size and lastModified.'));
  const stated = request.headers['content-length'];
  if (stated !== undefined && Number(stated) !== identity.data.sizeBytes) {
    return refusal(400, failure('invalid', `${stated} bytes are no file of ${identity.data.sizeBytes}.`));
  }
  try {
    return json(200, {
      path: await receiveFile(request, identity.data, { ...options, host: 'the browser' }),
    });
  } catch (error) {
    if (error instanceof UploadError) return refusal(statusOf[error.code] ?? 500, error.failure);
    if (request.destroyed && !request.complete) return refusal(400, failure('connection-broken'));
    onBug(error);
    return refusal(500, failure('internal'));
  }
}
