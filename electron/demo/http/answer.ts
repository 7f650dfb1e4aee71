import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** What is sent back; handlers make it, the gate sends it. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes from a file instead of a body. */
  readonly file?: { readonly path: string; readonly sizeBytes: number };
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function text(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers };
}

/** Sends it with an exact length. A HEAD request gets the head only. */
export async function send(response: ServerResponse, answer: Answer, isHead: boolean): Promise<void> {
  const body = Buffer.from(answer.body ?? '');
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.status !== 204 && answer.status !== 304) {
    response.setHeader('content-length', answer.file?.sizeBytes ?? body.length);
  }
  if (isHead || answer.file === undefined) {
    response.end(isHead ? undefined : body);
    return;
  }
  // A reader that goes away is no error of ours.
  await pipeline(createReadStream(answer.file.path), response).catch(() => response.destroy());
}
