import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { ApiClient, ApiRequest, Exchange } from '#ports/api-client.ts';
import type { Destination } from '#shared/destination.ts';
import { createManualClock } from '../support/transfer-clock.ts';
import { createClient, readBody, serveHttp, serveTcp } from '../support/transfer-stage.ts';

const signal = new AbortController().signal;

function destinationAt(baseUrl: string, kind: 'flora' | 'pupload' = 'flora'): Destination {
  const common = { id: 'd1', name: 'one', baseUrl, lanes: 4, isPaused: false, isDemo: false };
  return kind === 'flora'
    ? { ...common, kind, workspaceId: 'ws_1' }
    : { ...common, kind, projectId: '00000000-0000-4000-8000-000000000000', flowName: 'f' };
}

function clientAt(baseUrl: string, onExchange: (exchange: Exchange) => void = () => undefined): ApiClient {
  return createClient().createApiClient({
    destination: destinationAt(baseUrl),
    credential: 'sk_live_verysecret',
    onExchange,
  });
}

const get = (path: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
  method: 'GET',
  path,
  signal,
  ...more,
});

describe('the api client', () => {
  test('sends JSON with the credential, below the base URL, and reads JSON', async () => {
    const seen: { head: IncomingMessage; body: string }[] = [];
    const { origin } = await serveHttp(async (request, response) => {
      seen.push({ head: request, body: (await readBody(request)).toString() });
      response.writeHead(201, {
        'content-type': 'application/json',
        'request-id': 'req_1',
        'set-cookie': 'a=b',
      });
      response.end('\uFEFF{"a":[1]}');
    });
    const exchanges: Exchange[] = [];

    const response = await clientAt(`${origin}/api/v1`, (exchange) => exchanges.push(exchange)).request({
      method: 'POST',
      path: '/assets',
      query: { q: 'a b&c' },
      json: { name: 'ü' },
      headers: { 'Idempotency-Key': 'k1' },
      signal,
    });

    expect(response).toMatchObject({ status: 201, body: { a: [1] }, text: '{"a":[1]}', requestId: 'req_1' });
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.skewMs).not.toBeNull();
    const [{ head, body } = { head: null, body: '' }] = seen;
    expect(head?.url).toBe('/api/v1/assets?q=a+b%26c');
    expect(body).toBe('{"name":"ü"}');
    expect(head?.headers).toMatchObject({
      authorization: 'Bearer sk_live_verysecret',
      'content-type': 'application/json',
      'content-length': '13',
      accept: 'application/json',
      'user-agent': 'hoist-test/1',
      'idempotency-key': 'k1',
    });
    expect(exchanges).toEqual([
      {
        method: 'POST',
        host: origin.slice(7),
        status: 201,
        durationMs: expect.any(Number),
        requestId: 'req_1',
      },
    ]);
  });

  test.each(['GET', 'POST', 'DELETE'] as const)(
    '%s goes without a body too, and reads an empty answer',
    async (method) => {
      const { origin } = await serveHttp(async (request, response) => {
        response.writeHead(204, { 'x-length': request.headers['content-length'] ?? 'none' }).end();
      });
      const response = await clientAt(origin).request({ method, path: '/x', signal });
      expect(response).toMatchObject({ status: 204, body: undefined, text: '' });
      expect(response.headers['x-length']).toBe(method === 'POST' ? '0' : 'none');
    },
  );

  test('gives every status as an answer, follows none, and reads what is no JSON', async () => {
    const seen: string[] = [];
    const { origin } = await serveHttp((request, response) => {
      seen.push(request.url ?? '');
      response
        .writeHead(307, { location: '/other', 'retry-after-ms': '1500', 'retry-after': '9' })
        .end('<html>');
    });
    const response = await clientAt(origin).request(get('/a'));
    expect(response).toMatchObject({ status: 307, body: undefined, text: '<html>', retryAfterMs: 1500 });
    expect(seen).toEqual(['/a']);
  });

  test('refuses an answer of more than 1 MiB, and takes one of just that', async () => {
    const { origin } = await serveHttp((request, response) => {
      response.end('x'.repeat(1024 * 1024 + (request.url === '/more' ? 1 : 0)));
    });
    const api = clientAt(origin);
    expect((await api.request(get('/fits'))).text).toHaveLength(1024 * 1024);
    await expect(api.request(get('/more'))).rejects.toMatchObject({ failure: { code: 'bad-answer' } });
  });

  test('tells an answer that broke off from one that came', async () => {
    const { origin } = await serveTcp((socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a"', () => socket.destroy()),
      );
    });
    const exchanges: Exchange[] = [];
    const asked = clientAt(origin, (exchange) => exchanges.push(exchange)).request(get('/a'));
    await expect(asked).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
  });

  test('gives up after its time, and at once with its signal', async () => {
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    const { origin } = await serveHttp(() => resolve());
    const clock = createManualClock();
    const api = createClient({ clock }).createApiClient({
      destination: destinationAt(origin),
      credential: 'k',
    });
    const abort = new AbortController();

    const late = api.request(get('/late'));
    const stopped = api.request(get('/stopped', { signal: abort.signal }));
    await arrived;
    abort.abort('enough');
    await expect(stopped).rejects.toBe('enough');
    clock.advance(90_000);

    await expect(late).rejects.toMatchObject({ failure: { code: 'timeout' } });
    expect(clock.pending).toBe(0);
  });

  test('never goes to plain http but for loopback and Pupload, nor to link-local addresses', async () => {
    const { createApiClient } = createClient({ environment: { HTTP_PROXY: '127.0.0.1:1' } });
    const ask = (destination: Destination) =>
      createApiClient({ destination, credential: 'k' })
        .request(get('/x'))
        .then(
          () => 'answered',
          (error: { failure: { code: string } }) => error.failure.code,
        );
    expect(await ask(destinationAt('http://api.test'))).toBe('target-refused');
    expect(await ask(destinationAt('http://api.test', 'pupload'))).toBe('unreachable');
    expect(await ask(destinationAt('https://169.254.169.254'))).toBe('target-refused');
    expect(await ask(destinationAt('http://[fe80::1]:1234', 'pupload'))).toBe('target-refused');
  });

  test.each(['Authorization', 'Cookie', 'Host'])('lets nobody else set %s', async (name) => {
    const asked = clientAt('http://127.0.0.1:1').request(get('/x', { headers: { [name]: 'x' } }));
    await expect(asked).rejects.toThrow(name.toLowerCase());
  });

  test('keeps its own connections while transfers drop theirs', async () => {
    const ports: (number | undefined)[] = [];
    const { origin } = await serveHttp((request, response) => {
      ports.push(request.socket.remotePort);
      response.end('{}');
    });
    const client = createClient();
    const api = client.createApiClient({ destination: destinationAt(origin), credential: 'k' });
    await api.request(get('/1'));
    await api.request(get('/2'));
    client.transfer.dropIdleConnections();
    await api.request(get('/3'));
    expect(ports[1]).toBe(ports[0]);
    expect(ports[2]).not.toBe(ports[0]);
  });
});
