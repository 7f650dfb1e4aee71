import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createClient, createFile, expectKind, put, readBody, serveHttp } from '../support/transfer-stage.ts';

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

describe('a PUT', () => {
  test.each([0, 1, 100_000, 512 * 1024, 512 * 1024 + 1, 3_000_000])('brings %i bytes whole', async (size) => {
    const file = await createFile(size);
    const seen: { head: IncomingMessage; body: Buffer }[] = [];
    const { origin } = await serveHttp(async (request, response) => {
      seen.push({ head: request, body: await readBody(request) });
      response.setHeader('etag', '"abc"').end();
    });
    const progress: number[] = [];

    const outcome = await createClient().transfer.send(
      put(file, `${origin}/o`, { onProgress: (bytes) => progress.push(bytes) }),
    );

    expect(outcome).toEqual({
      kind: 'stored',
      status: 200,
      etag: '"abc"',
      sha256: sha256(file.content),
      bytesSent: size,
      movedTo: null,
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body.equals(file.content)).toBe(true);
    expect(seen[0]?.head.headers['content-length']).toBe(String(size));
    expect(seen[0]?.head.headers['transfer-encoding']).toBeUndefined();
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(new Set(progress).size).toBe(progress.length);
    expect(Math.max(0, ...progress)).toBeLessThanOrEqual(size);
  });

  test('carries the headers of its target verbatim, and no others', async () => {
    const file = await createFile(10);
    let raw: readonly string[] = [];
    const { origin } = await serveHttp((request, response) => {
      raw = request.rawHeaders;
      request.resume().on('end', () => response.end());
    });
    const headers = { 'content-LENGTH': '10', 'If-None-Match': '*', 'x-amz-meta-Name': 'A b;c="d"  e' };

    const outcome = await createClient().transfer.send(
      put(file, `${origin}/o`, { target: { method: 'PUT', url: `${origin}/o`, headers } }),
    );

    expectKind(outcome, 'stored');
    const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1]]] : []));
    expect(pairs.sort()).toEqual(
      [
        ['if-none-match', '*'],
        ['x-amz-meta-name', 'A b;c="d"  e'],
        ['content-length', '10'],
        ['host', origin.slice(7)],
        ['connection', 'keep-alive'],
      ].sort(),
    );
  });

  test('keeps path and query byte for byte', async () => {
    const file = await createFile(3);
    let asked: string | undefined;
    const { origin } = await serveHttp((request, response) => {
      asked = request.url;
      request.resume().on('end', () => response.end());
    });
    const path = `/b/a%2fb/../it's/(x)?X-Amz-Signature=ab%2Bc'd|e&empty=&sp=a+b%20c`;

    await createClient().transfer.send(put(file, `${origin}${path}`));

    expect(asked).toBe(path);
  });

  test('finds a size that was not signed before it sends anything', async () => {
    const file = await createFile(10);
    let requests = 0;
    const { origin } = await serveHttp((_request, response) => {
      requests += 1;
      response.end();
    });
    const headers = { 'Content-Length': '11' };

    const outcome = await createClient().transfer.send(
      put(file, origin, { target: { method: 'PUT', url: origin, headers } }),
    );

    const { failure, current } = expectKind(outcome, 'source');
    expect(failure.code).toBe('file-changed');
    expect(current).toEqual(file.version);
    expect(requests).toBe(0);
  });

  test.each(['Authorization', 'cookie', 'X-Team-ID'])('throws for a target with %s', async (name) => {
    const file = await createFile(10);
    const target = { method: 'PUT', url: 'http://127.0.0.1:1/', headers: { [name]: 'x' } } as const;
    await expect(createClient().transfer.send(put(file, target.url, { target }))).rejects.toThrow(
      name.toLowerCase(),
    );
  });

  test('adds nothing of a growing file to the connection, which the next request uses', async () => {
    const file = await createFile(2_000_000);
    const seen: string[] = [];
    const ports = new Set<number | undefined>();
    let grow: Promise<void> | null = null;
    const { origin } = await serveHttp(async (request, response) => {
      seen.push(`${request.method} ${request.url}`);
      ports.add(request.socket.remotePort);
      grow ??= appendFile(file.path, `GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n${'x'.repeat(1_000_000)}`);
      await grow;
      const body = await readBody(request);
      response.end(String(body.length));
    });
    const { transfer } = createClient();
    const other = await createFile(5);

    const first = await transfer.send(put(file, `${origin}/first`));
    const second = await transfer.send(put(other, `${origin}/second`));

    const { failure, current, bytesSent } = expectKind(first, 'source');
    expect(failure.code).toBe('file-changed');
    expect(current?.sizeBytes).toBeGreaterThan(2_000_000);
    expect(bytesSent).toBeLessThanOrEqual(2_000_000);
    expectKind(second, 'stored');
    expect(seen).toEqual(['PUT /first', 'PUT /second']);
    expect(ports.size).toBe(1);
  });

  test('tells the exchange without its query', async () => {
    const file = await createFile(10);
    const { origin } = await serveHttp((request, response) => {
      request.resume().on('end', () => response.setHeader('x-amz-request-id', 'R1').end());
    });
    const exchanges: unknown[] = [];

    await createClient().transfer.send(
      put(file, `${origin}/o?sig=secretsecret`, { onExchange: (exchange) => exchanges.push(exchange) }),
    );

    expect(exchanges).toEqual([
      {
        method: 'PUT',
        host: origin.slice(7),
        status: 200,
        durationMs: expect.any(Number),
        requestId: 'R1',
      },
    ]);
  });
});
