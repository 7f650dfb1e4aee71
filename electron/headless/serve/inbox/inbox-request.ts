import type { IncomingMessage } from 'node:http';
import { UploadError } from '#ports/upload-error.ts';
import { type FailureCode, failure } from '#shared/failure.ts';
import { type Answer, json, refusal } from '../answer.ts';
import { identitySchema } from './place.ts';
import { type ReceiveOptions, receiveFile } from './receive-file.ts';

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
    return json(200, { path: await receiveFile(request, identity.data, options) });
  } catch (error) {
    if (error instanceof UploadError) return refusal(statusOf[error.code] ?? 500, error.failure);
    if (request.destroyed && !request.complete) return refusal(400, failure('connection-broken'));
    onBug(error);
    return refusal(500, failure('internal'));
  }
}
