import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Destination } from '#shared/destination.ts';
import {
  createCertificate,
  createClient,
  createFile,
  expectKind,
  put,
  readBody,
  serveHttp,
  serveHttps,
} from '../support/transfer-stage.ts';

/** A proxy that resolves every name to this machine; `key` is the name and password that it asks for. */
async function serveProxy(key: string | null): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const expected = key === null ? undefined : `Basic ${Buffer.from(key).toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.headers['proxy-authorization'] !== expected) return void response.writeHead(407).end();
    request.resume().on('end', () => response.end('through'));
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.on('error', () => undefined);
    if (request.headers['proxy-authorization'] !== expected) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    }
    const to = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(to).pipe(socket);
    });
    to.on('error', () => undefined);
    onTestFinished(() => void to.destroy());
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { address: `127.0.0.1:${address.port}`, asked };
}

const certificateFor = (name: string) => createCertificate(`DNS:${name},DNS:localhost,IP:127.0.0.1`);

describe('https', () => {
  test('is believed with NODE_EXTRA_CA_CERTS, keeps the connection, and is not believed without', async () => {
    const file = await createFile(2_000_000);
    const certificate = await createCertificate();
    const bodies: boolean[] = [];
    const ports = new Set<number | undefined>();
    const { origin } = await serveHttps(certificate, async (request, response) => {
      ports.add(request.socket.remotePort);
      bodies.push((await readBody(request)).equals(file.content));
      response.end();
    });
    const trusting = createClient({ environment: { NODE_EXTRA_CA_CERTS: certificate.certFile } });

    expectKind(await trusting.transfer.send(put(file, `${origin}/a`)), 'stored');
    expectKind(await trusting.transfer.send(put(file, `${origin}/b`)), 'stored');
    const { failure } = expectKind(await createClient().transfer.send(put(file, `${origin}/c`)), 'broken');

    expect(failure.code).toBe('certificate');
    expect(bodies).toEqual([true, true]);
    expect(ports.size).toBe(1);
  });

  test('is not believed for another name', async () => {
    const file = await createFile(10);
    const certificate = await createCertificate('DNS:elsewhere.test');
    const { origin } = await serveHttps(certificate, (_request, response) => response.end());
    const { transfer } = createClient({ environment: { NODE_EXTRA_CA_CERTS: certificate.certFile } });
    expect(expectKind(await transfer.send(put(file, origin)), 'broken').failure.code).toBe('certificate');
  });
});

describe('a proxy', () => {
  test('carries https through a tunnel, with the name and password of its address', async () => {
    const file = await createFile(2_000_000);
    const certificate = await certificateFor('store.test');
    const bodies: boolean[] = [];
    const { port } = await serveHttps(certificate, async (request, response) => {
      bodies.push((await readBody(request)).equals(file.content));
      response.end();
    });
    const { address, asked } = await serveProxy('me:pa ss');
    const environment = {
      HTTPS_PROXY: `http://me:pa%20ss@${address}`,
      NODE_EXTRA_CA_CERTS: certificate.certFile,
    };

    const outcome = await createClient({ environment }).transfer.send(
      put(file, `https://store.test:${port}/x`),
    );

    expectKind(outcome, 'stored');
    expect(bodies).toEqual([true]);
    expect(asked).toEqual([`CONNECT store.test:${port}`]);
  });

  test('that wants a password is told as such, and not its address', async () => {
    const file = await createFile(10);
    const { address } = await serveProxy('me:right');
    const environment = { HTTPS_PROXY: `http://me:wr0ngpass@${address}`, http_proxy: address };
    const { transfer, createApiClient } = createClient({ environment });

    const tunneled = expectKind(await transfer.send(put(file, 'https://store.test/x')), 'broken');
    const plain = expectKind(
      await transfer.send(put(file, 'http://store.test/x', { allowPlainHttp: true })),
      'broken',
    );
    const api = createApiClient({ destination: floraAt('https://api.test'), credential: 'k' });

    expect([tunneled.failure.code, plain.failure.code]).toEqual(['proxy-refused', 'proxy-refused']);
    expect(JSON.stringify([tunneled, plain])).not.toContain('wr0ngpass');
    await expect(
      api.request({ method: 'GET', path: '/x', signal: new AbortController().signal }),
    ).rejects.toMatchObject({ failure: { code: 'proxy-refused' } });
  });

  test('is passed by for loopback and for NO_PROXY', async () => {
    const file = await createFile(10);
    const { address, asked } = await serveProxy(null);
    const { origin } = await serveHttp((request, response) => {
      request.resume().on('end', () => response.end());
    });
    const environment = { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: '*.invalid' };
    const { transfer } = createClient({ environment });

    expectKind(await transfer.send(put(file, origin)), 'stored');
    const direct = expectKind(await transfer.send(put(file, 'https://a.invalid/')), 'broken');
    expectKind(await transfer.send(put(file, 'http://far.test/y', { allowPlainHttp: true })), 'stored');

    expect(direct.failure.code).toBe('unreachable');
    expect(asked).toEqual(['PUT http://far.test/y']);
  });

  test('with a useless address is as none', async () => {
    const file = await createFile(10);
    const environment = { HTTPS_PROXY: 'http://me:%ff@bad', HTTP_PROXY: 'socks5://x:1' };
    const { transfer } = createClient({ environment });
    const outcome = await transfer.send(put(file, 'https://a.invalid/'));
    expect(expectKind(outcome, 'broken').failure.code).toBe('unreachable');
  });
});

function floraAt(baseUrl: string): Destination {
  return {
    id: 'd1',
    name: 'flora',
    kind: 'flora',
    baseUrl,
    lanes: 4,
    isPaused: false,
    isDemo: false,
    workspaceId: 'ws_1',
  };
}
