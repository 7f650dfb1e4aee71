/** What a request is answered with. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Failure } from '#shared/failure.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
});

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/** As the contract's answers carry it. */
export const refusal = (status: number, failure: Failure): Answer => json(status, { failure });

export const notFound = text(404, 'There is nothing here.');

export const methodNotAllowed = (allowed: string): Answer => ({
  ...text(405, `Use ${allowed}.`),
  headers: { Allow: allowed },
});

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): void {
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, { ...headers, 'Content-Length': length });
  response.end(request.method === 'HEAD' ? undefined : body);
}
