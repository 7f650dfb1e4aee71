/** Sends a buffer to an upload target, once: the least a transfer does, for tests of providers. */
import { type IncomingMessage, request } from 'node:http';
import type { UploadTarget } from '#ports/reservation.ts';
import type { Rejection } from '#ports/transfer.ts';

export type Sent =
  | { readonly kind: 'stored'; readonly status: number }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'broken' };

export interface SendOptions {
  readonly fileName: string;
  readonly mimeType: string;
  readonly now: () => number;
}

export async function sendBytes(target: UploadTarget, bytes: Buffer, options: SendOptions): Promise<Sent> {
  const { headers, body } = target.method === 'PUT' ? plain(target, bytes) : form(target, bytes, options);
  const answered = Promise.withResolvers<Sent>();
  const url = new URL(target.url);
  const sending = request(
    {
      host: url.hostname,
      port: url.port,
      path: url.pathname + url.search,
      method: target.method,
      headers,
      agent: false,
    },
    (response) => {
      read(response, bytes.length, options.now).then(answered.resolve, () =>
        answered.resolve({ kind: 'broken' }),
      );
    },
  );
  sending.on('error', () => answered.resolve({ kind: 'broken' }));
  sending.end(body);
  return answered.promise;
}

function plain(target: Extract<UploadTarget, { method: 'PUT' }>, bytes: Buffer) {
  const given = Object.fromEntries(
    Object.entries(target.headers).filter(([name]) => name.toLowerCase() !== 'content-length'),
  );
  return { headers: { ...given, 'Content-Length': bytes.length }, body: bytes };
}

function form(target: Extract<UploadTarget, { method: 'POST' }>, bytes: Buffer, options: SendOptions) {
  const boundary = 'boundary-of-a-test';
  const fields = target.fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="${target.fileField}"; filename="${options.fileName}"\r\nContent-Type: ${options.mimeType}\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(fields.join('') + file),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': body.length },
    body,
  };
}

async function read(response: IncomingMessage, bytesSent: number, now: () => number): Promise<Sent> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return { kind: 'stored', status };
  const text = Buffer.concat(chunks).toString('utf8');
  const date = Date.parse(response.headers.date ?? '');
  return {
    kind: 'rejected',
    rejection: {
      status,
      storeCode: /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? null,
      message: /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? jsonMessage(text),
      host: 'store',
      requestId: null,
      retryAfterMs: null,
      skewMs: Number.isNaN(date) ? null : date - now(),
      bytesSent,
    },
  };
}

function jsonMessage(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  } catch {
    return '';
  }
}
