/**
 * The least that a service does: hands out upload URLs, reads and counts what comes, confirms. It speaks as much of
 * Runflow, Cyberun and S3 as the measurements need, and keeps no byte.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Counts, noCounts } from './counts.ts';
import { createFileHash } from './file-hash.ts';
import type { SinkOptions } from './options.ts';
import { createObjects } from './s3.ts';
import { createThrottle } from './throttle.ts';

export interface Service {
  readonly counts: Counts;
  serve(request: IncomingMessage, response: ServerResponse): void;
  /** Counts anew; what was finished stays finished. */
  reset(): void;
}

/** Of an answer younger than this nobody knows whether it was read before the reader was killed. */
const onItsWayMs = 1000;

interface Body {
  readonly bytes: number;
  readonly text: string;
  readonly sha256: string | null;
}

export function createService(options: SinkOptions): Service {
  const throttle = options.perSecond === undefined ? null : createThrottle(options.perSecond);
  const objects = createObjects();
  /** Bytes by asset. */
  const stored = new Map<string, number>();
  /** When, by asset; monotonic ms. */
  const confirmed = new Map<string, number>();
  const idOfName = new Map<string, string>();
  /** Of the service that asks for no confirmation. */
  const finishedByPut = new Set<string>();
  let finishedBefore: ReadonlySet<string> = new Set();
  let counts = noCounts();
  let lastId = 0;

  function read(request: IncomingMessage, keepsText: boolean, done: (body: Body) => void): void {
    const hash =
      options.hashes === true && !keepsText ? createFileHash(request.headers['content-type']) : null;
    let bytes = 0;
    let text = '';
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (!keepsText) counts.bytes += part.length;
      hash?.update(part);
      if (keepsText) text += part.toString('utf8');
    });
    request.on('end', () => done({ bytes, text, sha256: hash?.digest() ?? null }));
  }

  function answer(response: ServerResponse, status: number, body: unknown, done = () => {}): void {
    const send = () => {
      const text = body === null ? '' : JSON.stringify(body);
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
      done();
    };
    const [least, most] = options.delayMs ?? [0, 0];
    if (most === 0) send();
    else setTimeout(send, least + Math.random() * (most - least));
  }

  const note = (id: string) => {
    if (finishedBefore.has(id)) counts.aboutFinished += 1;
  };

  const accepted = () => {
    counts.lastAcceptedAt = Date.now();
    if (counts.firstAcceptedAt === 0) counts.firstAcceptedAt = counts.lastAcceptedAt;
  };

  function reserve(
    request: IncomingMessage,
    response: ServerResponse,
    origin: string,
    needsConfirmation: boolean,
  ): void {
    counts.reserves += 1;
    read(request, true, ({ text }) => {
      const { filename, file_name: fileName = filename } = JSON.parse(text);
      lastId += 1;
      const id = `asset-${lastId}`;
      // A file that was finished must not be asked for again.
      note(idOfName.get(fileName) ?? '');
      idOfName.set(fileName, id);
      if (!needsConfirmation) finishedByPut.add(id);
      const url = `${origin}/put/${id}`;
      answer(response, 200, {
        asset_id: id,
        file_key: id,
        upload_url: url,
        upload_headers: {},
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      });
    });
  }

  function put(request: IncomingMessage, response: ServerResponse, path: string): void {
    const begunAt = performance.now();
    counts.puts += 1;
    if (counts.firstPutAt === 0) counts.firstPutAt = Date.now();
    const id = path.slice('/put/'.length);
    note(id);
    read(request, false, ({ bytes, sha256 }) => {
      if (bytes !== Number(request.headers['content-length'])) {
        request.destroy();
        return;
      }
      if (sha256 !== null) counts.sha256.set(path, sha256);
      stored.set(id, bytes);
      if (finishedByPut.has(id)) confirmed.set(id, performance.now());
      answer(response, 200, null, () => {
        counts.putMs += performance.now() - begunAt;
        counts.lastPutAt = Date.now();
      });
    });
  }

  function confirm(request: IncomingMessage, response: ServerResponse, id: string): void {
    counts.confirms += 1;
    note(id);
    read(request, true, () => {
      const size = stored.get(id);
      if (size !== undefined) confirmed.set(id, performance.now());
      if (size !== undefined) answer(response, 200, recordOf(id, size));
      else answer(response, 422, { code: 'not_uploaded', message: 'not uploaded' });
    });
  }

  function look(request: IncomingMessage, response: ServerResponse, id: string): void {
    counts.others += 1;
    note(id);
    request.resume();
    const size = confirmed.has(id) ? stored.get(id) : undefined;
    if (size !== undefined) answer(response, 200, recordOf(id, size));
    else answer(response, 404, { code: 'not_found', message: 'not found' });
  }

  const recordOf = (id: string, size: number) => ({
    id,
    url: `https://sink.example/${id}`,
    size_bytes: size,
  });

  function refuse(request: IncomingMessage, response: ServerResponse, isStore: boolean): void {
    counts.refused += 1;
    request.resume();
    if (options.saysRetryAfter === true) response.setHeader('retry-after', '1');
    response.statusCode = isStore ? 503 : 429;
    response.end(
      isStore ? '<Error><Code>SlowDown</Code></Error>' : '{"code":"too_many_requests","message":"slow down"}',
    );
  }

  return {
    get counts() {
      return counts;
    },
    reset() {
      counts = noCounts();
      const before = performance.now() - onItsWayMs;
      finishedBefore = new Set([...confirmed].filter(([, at]) => at < before).map(([id]) => id));
    },
    serve(request, response) {
      const { method = '', url = '/' } = request;
      const path = url.replace(/^\/api\/v1/, '');
      const isPut = path.startsWith('/put/');
      if (throttle !== null && !throttle.takes()) return refuse(request, response, isPut);
      accepted();
      if (isPut) return put(request, response, path);
      if (method === 'POST' && (path === '/v1/asset-uploads' || path === '/r/files/presign')) {
        const isTls = 'encrypted' in request.socket;
        const origin = `${isTls ? 'https' : 'http'}://${request.headers.host}`;
        return reserve(request, response, origin, path === '/v1/asset-uploads');
      }
      const [, id] = /^\/v1\/asset-uploads\/([^/]+)\/confirmations$/.exec(path) ?? [];
      if (id !== undefined) return confirm(request, response, id);
      const [, asset] = /^\/v1\/assets\/(asset-\d+)$/.exec(path) ?? [];
      if (asset !== undefined) return look(request, response, asset);
      if (path.startsWith('/bucket')) return objects.serve(request, response, counts);
      counts.others += 1;
      request.resume();
      answer(response, 404, { code: 'not_found', message: 'not found' });
    },
  };
}
