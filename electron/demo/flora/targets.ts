/** The upload targets of FLORA: a form for ImageKit's upload endpoint, or a presigned PUT. */
import { createHmac, randomUUID } from 'node:crypto';
import { buckets } from '../address.ts';
import { type DemoContext, targetTtl } from '../context.ts';
import type { FloraAsset, FloraTarget } from './asset.ts';

/** ImageKit wants `expire` less than one hour ahead. */
const defaultTtlMs = 30 * 60_000;
const longestTtlMs = 59 * 60_000;

export const uploadPath = '/imagekit/api/v1/files/upload';
export const fileField = 'file';

export function makeTarget(
  context: DemoContext,
  asset: Pick<FloraAsset, 'fileName' | 'contentType' | 'folder' | 'key'>,
): FloraTarget {
  const ttlMs = targetTtl(context, 'flora', defaultTtlMs);
  if (context.settings.flora.target === 'put') {
    const object = { bucket: buckets.flora, key: asset.key };
    const headers = asset.contentType === null ? {} : { 'content-type': asset.contentType };
    return { kind: 'put', ...context.targets.put('flora', object, headers, ttlMs) };
  }
  // `expire` counts whole seconds: rounded up, so that the form never lives shorter than asked for.
  const expire = String(Math.ceil((context.now() + Math.min(ttlMs, longestTtlMs)) / 1000));
  const token = randomUUID();
  const fields: [string, string][] = [
    ['fileName', asset.fileName],
    ['folder', `/flora/${asset.folder ?? ''}`],
    ['useUniqueFileName', 'false'],
    ['publicKey', 'public_demo'],
    ['signature', signForm(context.secret, token, expire)],
    ['expire', expire],
    ['token', token],
  ];
  const url = `${context.targets.originFor('flora')}${uploadPath}`;
  return { kind: 'form', url, fields, expiresAt: Number(expire) * 1000, isSpent: false };
}

/** ImageKit's own recipe: HMAC-SHA1 over token and expire. */
export function signForm(secret: string, token: string, expire: string): string {
  return createHmac('sha1', secret)
    .update(token + expire)
    .digest('hex');
}

/** The part of an answer that says where the bytes go, in the spelling of the day. */
export function presentTarget(context: DemoContext, target: FloraTarget): object {
  const { keys, expiresAt } = context.settings.flora;
  const expiry = expiresAt ? { expires_at: new Date(target.expiresAt).toISOString() } : {};
  if (target.kind === 'put') return { upload_url: target.url, ...expiry };
  const contentType = 'multipart/form-data';
  const formFields = Object.fromEntries(target.fields);
  const upload =
    keys === 'camelCase'
      ? { url: target.url, method: 'POST', contentType, fileField, formFields }
      : {
          url: target.url,
          method: 'POST',
          content_type: contentType,
          file_field: fileField,
          form_fields: formFields,
        };
  return { upload, upload_url: target.url, ...expiry };
}
