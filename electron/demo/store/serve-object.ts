import type { Answer } from '../http/answer.ts';
import type { StoredObject } from './objects.ts';
import { s3Refusal } from './s3-errors.ts';

const inlineTypes = /^(image\/(?!svg)|video\/|audio\/|text\/plain|application\/pdf)/;

/**
 * An object's bytes with its type. Whatever a browser could run (html, svg, scripts) is only ever downloaded, so that a
 * file somebody uploaded cannot act in this origin's name.
 */
export function serveObject(object: StoredObject | null): Answer {
  if (object === null || object.path === null) return s3Refusal(404);
  const type = object.contentType ?? 'application/octet-stream';
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-disposition': inlineTypes.test(type) ? 'inline' : 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      etag: object.etag,
      'last-modified': new Date(object.storedAt).toUTCString(),
    },
    file: { path: object.path, sizeBytes: object.sizeBytes },
  };
}
