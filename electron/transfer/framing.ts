/** What stands before and after the file's bytes in the body of a request, and the headers that belong to it. */
import { randomBytes } from 'node:crypto';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { UploadTarget } from '#ports/reservation.ts';

export interface Framing {
  readonly headers: Readonly<Record<string, string>>;
  readonly preamble: Buffer;
  readonly trailer: Buffer;
  readonly contentLength: number;
}

export type Framed =
  | { readonly kind: 'framed'; readonly framing: Framing }
  /** The store was promised another size: its signature does not cover this file. */
  | { readonly kind: 'size-differs' }
  | { readonly kind: 'refused'; readonly why: string };

export interface FramedFile {
  readonly sizeBytes: number;
  readonly fileName: string;
  readonly mimeType: string;
}

/** Credentials of the API. A target that has one was made wrongly by us: it would be sent to a stranger. */
const credentialHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-team-id']);

/** Throws for a target with a credential in its headers: that is a bug, not a bad answer. */
export function frame(target: UploadTarget, file: FramedFile, boundary = newBoundary): Framed {
  return target.method === 'PUT' ? framePut(target.headers, file) : framePost(target, file, boundary);
}

/** Values go out verbatim (a store signs them); of content-length there is exactly one, and it is true. */
function framePut(given: Readonly<Record<string, string>>, file: FramedFile): Framed {
  const headers: Record<string, string> = {};
  for (const [given_, value] of Object.entries(given)) {
    const name = given_.toLowerCase();
    if (credentialHeaders.has(name.trim()))
      throw new Error(`A target must not carry the header ${name.trim()}.`);
    if (!isSendable(name, value)) return { kind: 'refused', why: 'a header that cannot be sent' };
    if (name === 'transfer-encoding') return { kind: 'refused', why: 'asks for a transfer encoding' };
    if (name === 'content-length') {
      if (value.trim() !== String(file.sizeBytes)) return { kind: 'size-differs' };
      continue;
    }
    if (name in headers) return { kind: 'refused', why: 'the same header twice' };
    headers[name] = value;
  }
  headers['content-length'] = String(file.sizeBytes);
  const nothing = Buffer.alloc(0);
  return {
    kind: 'framed',
    framing: { headers, preamble: nothing, trailer: nothing, contentLength: file.sizeBytes },
  };
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function framePost(
  target: Extract<UploadTarget, { method: 'POST' }>,
  file: FramedFile,
  makeBoundary: () => string,
): Framed {
  const boundary = unusedBoundary(
    [target.fileField, file.fileName, file.mimeType, ...target.fields.flat()],
    makeBoundary,
  );
  const fields = target.fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"\r\n\r\n${value}\r\n`,
  );
  const disposition = `form-data; name="${escapeName(target.fileField)}"; filename="${escapeName(file.fileName)}"`;
  const preamble = Buffer.from(
    `${fields.join('')}--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${sendableType(file.mimeType)}\r\n\r\n`,
  );
  const trailer = Buffer.from(`\r\n--${boundary}--\r\n`);
  const contentLength = preamble.length + file.sizeBytes + trailer.length;
  return {
    kind: 'framed',
    framing: {
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': String(contentLength),
      },
      preamble,
      trailer,
      contentLength,
    },
  };
}

/** As the WHATWG's form-data encoding does it: these three, and nothing else. */
export function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The type stands in a line of its own, where a line break would begin another header. */
function sendableType(mimeType: string): string {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *;[\x20-\x7e]*)?$/.test(mimeType)
    ? mimeType
    : 'application/octet-stream';
}

function newBoundary(): string {
  return `hoist-${randomBytes(24).toString('hex')}`;
}

/** File bytes cannot be searched beforehand; 192 random bits make that a matter of no concern. */
function unusedBoundary(texts: readonly string[], makeBoundary: () => string): string {
  for (;;) {
    const boundary = makeBoundary();
    if (!texts.some((text) => text.includes(boundary))) return boundary;
  }
}
