import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type DemoOptions, type DemoService, startDemo } from '#demo';
import { type Clock, systemClock } from '#ports/clock.ts';

const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Runs after the test, last first. */
export function later(step: () => Promise<void>): void {
  undo.push(step);
}

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hoist-demo-'));
  later(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export interface FakeClock extends Clock {
  advance(ms: number): void;
}

/** Stands still until it is told to go on; its timers are real, so that a slow line stays slow. */
export function fakeClock(start = Date.UTC(2026, 6, 1, 12)): FakeClock {
  let now = start;
  return {
    now: () => now,
    monotonic: () => now,
    setTimer: systemClock.setTimer,
    advance: (ms) => {
      now += ms;
    },
  };
}

export async function demo(options: Partial<DemoOptions> = {}): Promise<DemoService> {
  const service = await startDemo({
    directory: options.directory ?? (await temporaryDirectory()),
    ...options,
  });
  later(() => service.close());
  return service;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of four APIs by path
  readonly json: any;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** An object is sent as JSON. */
  readonly body?: Buffer | string | object | undefined;
  /** Without Content-Length. */
  readonly isChunked?: boolean;
}

/** One request exactly as written: no header is added beyond Host, Connection and the length. Rejects when it breaks. */
export function ask(
  url: string,
  { method = 'GET', headers = {}, body, isChunked = false }: Ask = {},
): Promise<Reply> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes =
    body === undefined ? null : isRaw ? Buffer.from(body as string) : Buffer.from(JSON.stringify(body));
  const length = bytes === null || isChunked ? {} : { 'content-length': bytes.length };
  const type = bytes === null || isRaw ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      { method, headers: { ...type, ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const all = Buffer.concat(chunks);
          const text = all.toString('utf8');
          const { statusCode = 0, headers: received } = response;
          resolve({ status: statusCode, headers: received, text, bytes: all, json: parse(text) });
        });
      },
    );
    sent.once('error', reject);
    if (isChunked && bytes !== null) sent.write(bytes);
    sent.end(isChunked ? undefined : (bytes ?? undefined));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function bearer(key: string): OutgoingHttpHeaders {
  return { authorization: `Bearer ${key}` };
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** `<Code>` of a store's XML. */
export function storeCode(reply: Reply): string | undefined {
  return /<Code>([^<]*)<\/Code>/.exec(reply.text)?.[1];
}

/** A multipart form by hand: fields in their order, then the file. */
export function formOf(fields: readonly (readonly [string, string])[], file: Buffer, fileFirst = false) {
  const boundary = 'x-hoist-test-boundary';
  const part = ([name, value]: readonly [string, string]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const filePart = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="hero.png"\r\nContent-Type: image/png\r\n\r\n`,
    ),
    file,
    Buffer.from('\r\n'),
  ]);
  const parts = fileFirst ? [filePart, ...fields.map(part)] : [...fields.map(part), filePart];
  const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
