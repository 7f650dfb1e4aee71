/** The contract over real WebSockets: on the engine of this process, and on one behind the local socket. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  closeCodes,
  connectEngine,
  createSession,
  type OpenSession,
  serveSocket,
  serveWebSocket,
  socketPath,
} from '#ipc';
import { type Clock, systemClock } from '#ports/clock.ts';
import { buildApi, createExchange, createPushHub } from '#shared/api-client.ts';
import { maxRequestBytes, protocol } from '#shared/wire.ts';
import { pingIntervalMs } from '../../electron/ipc/serve-web-socket.ts';
import { createFakeEngine, type FakeEngine } from '../support/fake-engine.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const ownSession =
  (engine: FakeEngine, clock: Clock = systemClock): OpenSession =>
  async (send) =>
    createSession(engine.service, clock, send);

/** An engine elsewhere: only its local socket is known here. */
async function remoteSession(engine: FakeEngine): Promise<OpenSession> {
  const dataDir = await temporaryDirectory();
  const path = socketPath(dataDir, { platform: process.platform, tmpDir: '/tmp', uid: 0 });
  const server = await serveSocket({ service: engine.service, clock: systemClock, path });
  onTestFinished(() => server.close());
  const connection = await connectEngine({
    dataDir,
    clock: systemClock,
    open: () => Promise.reject(new Error(`There is an engine on ${join(dataDir)}.`)),
  });
  onTestFinished(() => connection.close());
  expect(connection.isOwner).toBe(false);
  return connection.openSession;
}

async function serve(openSession: OpenSession, clock: Clock = systemClock) {
  const service = serveWebSocket(clock);
  const refused: unknown[] = [];
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    service.accept(request, socket, head, openSession).catch((error) => {
      refused.push(error);
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    await service.endAll(closeCodes.goingAway);
    server.closeAllConnections();
    server.close();
  });
  return { service, refused, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api` };
}

/** A client as the screens have one. */
async function joinAs(url: string) {
  const webSocket = new WebSocket(url);
  onTestFinished(() => webSocket.terminate());
  const hub = createPushHub();
  const exchange = createExchange((text) => webSocket.send(text), hub);
  webSocket.on('message', (data) => exchange.receive(String(data)));
  const closed = once(webSocket, 'close').then(([code]) => {
    exchange.lose(new Error('closed'));
    return Number(code);
  });
  await exchange.greeted;
  return { webSocket, closed, api: buildApi(exchange.ask, hub) };
}

/** A bare client that has been greeted. */
async function openRaw(url: string) {
  const webSocket = new WebSocket(url);
  onTestFinished(() => webSocket.terminate());
  webSocket.on('error', () => {});
  const closed = once(webSocket, 'close').then(([code]) => Number(code));
  const [greeting] = await once(webSocket, 'message');
  expect(JSON.parse(String(greeting))).toEqual({ hoist: protocol });
  return { webSocket, closed };
}

describe.each<[string, (engine: FakeEngine) => Promise<OpenSession>]>([
  ['the engine of this process', async (engine) => ownSession(engine)],
  ['an engine behind the local socket', remoteSession],
])('%s', (_name, open) => {
  test('two windows, each with its own view', async () => {
    const engine = createFakeEngine();
    const { url } = await serve(await open(engine));
    const [a, b] = [await joinAs(url), await joinAs(url)];
    const job = engine.add('/x');
    const rows = new Promise((resolve) => a.api.on('rowsChanged', resolve));
    const counts = new Promise<number>((resolve) =>
      b.api.on('countsChanged', (push) => resolve(push.counts.all)),
    );
    b.api.on('rowsChanged', () => expect.unreachable('b looks at nothing'));
    await a.api.view([job.id]);
    expect(await rows).toMatchObject([{ id: job.id, path: '/x' }]);
    engine.set(job.id, { attempts: 1 });
    expect(await counts).toBe(1);
    expect(await a.api.getJob(job.id)).toEqual(await b.api.getJob(job.id));
  });

  test('failures travel, and wrong arguments are refused', async () => {
    const { url } = await serve(await open(createFakeEngine()));
    const { api } = await joinAs(url);
    await expect(api.getJob(99)).rejects.toMatchObject({ failure: { code: 'not-found' } });
    await expect(api.getJob(-1)).rejects.toMatchObject({ failure: { code: 'invalid' } });
  });

  test('a window that does not read costs no memory, holds nobody up, and hears the newest afterwards', async () => {
    const engine = createFakeEngine();
    const { url } = await serve(await open(engine));
    const slow = await openRaw(url);
    slow.webSocket.pause();
    const big = 'n'.repeat(40_000);
    const jobs = [1, 2, 3, 4, 5].map((id) => engine.add(`/${id}-${big}`));
    const ids = jobs.map(({ id }) => id);
    slow.webSocket.send(JSON.stringify({ id: 0, name: 'view', args: [ids] }));
    const query = { filter: {}, sort: 'added', direction: 'ascending', cursor: null, limit: 5 };
    // 200 requests for 400 KB each, none of them read.
    const requests = 200;
    for (let id = 1; id <= requests; id += 1) {
      slow.webSocket.send(JSON.stringify({ id, name: 'listJobs', args: [query] }));
    }
    const { api } = await joinAs(url);
    for (let turn = 1; turn <= 20; turn += 1) {
      engine.set(ids[0] ?? 0, { attempts: turn });
      await api.countJobs({});
    }
    const asked = engine.calls.filter((call) => call.name === 'listJobs').length;
    expect(asked).toBeLessThan(requests * 0.75);

    const answered = new Set<string>();
    const newest = Promise.withResolvers<void>();
    const all = Promise.withResolvers<void>();
    slow.webSocket.on('message', (data) => {
      const text = String(data);
      const id = /^\{"id":(\d+),/.exec(text)?.[1];
      if (id !== undefined) answered.add(id);
      if (answered.size === requests + 1) all.resolve();
      if (text.includes('"rowsChanged"') && text.includes('"attempts":20,')) newest.resolve();
    });
    slow.webSocket.resume();
    await Promise.all([all.promise, newest.promise]);
  });

  test('the session ends with its window', async () => {
    const engine = createFakeEngine();
    const { url, service } = await serve(await open(engine));
    const before = engine.listeners();
    const { webSocket, api, closed } = await joinAs(url);
    await api.snapshot();
    expect(engine.listeners()).toBe(before + 1);
    webSocket.close();
    await closed;
    await service.endAll(closeCodes.goingAway);
    // The one over the socket ends there a moment later.
    while (engine.listeners() > before) await new Promise((resolve) => setImmediate(resolve));
    expect(engine.listeners()).toBe(before);
  });
});

test('shutdown ends the engine of the process that was asked', async () => {
  const engine = createFakeEngine();
  const asked = Promise.withResolvers<void>();
  const { url } = await serve(async (send) =>
    createSession(engine.service, systemClock, send, { shutdown: () => asked.resolve() }),
  );
  const { api } = await joinAs(url);
  await api.shutdown();
  await asked.promise;
  expect(engine.isClosed()).toBe(false);
});

test('junk ends its connection, and no other', async () => {
  const { url } = await serve(ownSession(createFakeEngine()));
  const other = await joinAs(url);
  for (const junk of ['no json', '[]', '{"id":1}', '{"id":-1,"name":"snapshot","args":[]}']) {
    const { webSocket, closed } = await openRaw(url);
    webSocket.send(junk);
    expect(await closed).toBe(1006);
  }
  const { webSocket, closed } = await openRaw(url);
  webSocket.send(Buffer.from('{"id":1,"name":"snapshot","args":[]}'));
  expect(await closed).toBe(closeCodes.unsupportedData);
  expect(await other.api.countJobs({})).toMatchObject({ all: 0 });
});

test('a message above the limit is not even taken in', async () => {
  const { url } = await serve(ownSession(createFakeEngine()));
  const { webSocket, closed } = await openRaw(url);
  webSocket.send('x'.repeat(maxRequestBytes + 1));
  // 1009 where the reason arrives; a sender that is still busy only sees the end.
  expect([1009, 1006]).toContain(await closed);
});

test('a peer that answers no ping is given up; one that does stays', async () => {
  const clock = createManualClock();
  const engine = createFakeEngine();
  const { url } = await serve(ownSession(engine, clock), clock);
  const dead = new WebSocket(url, { autoPong: false });
  dead.on('error', () => {});
  const closed = once(dead, 'close');
  const pinged = once(dead, 'ping');
  await once(dead, 'message');
  const alive = await openRaw(url);
  const alivePinged = once(alive.webSocket, 'ping');
  await clock.advance(pingIntervalMs);
  await Promise.all([pinged, alivePinged]);
  // The answer has arrived as soon as a request that was sent after it is answered.
  alive.webSocket.send('{"id":1,"name":"countJobs","args":[{}]}');
  await once(alive.webSocket, 'message');
  await clock.advance(pingIntervalMs);
  expect((await closed)[0]).toBe(1006);
  alive.webSocket.send('{"id":2,"name":"countJobs","args":[{}]}');
  expect(JSON.parse(String((await once(alive.webSocket, 'message'))[0]))).toMatchObject({ id: 2 });
});

test('endAll says why, to those who do not answer as well', async () => {
  const { url, service } = await serve(ownSession(createFakeEngine()));
  const polite = await joinAs(url);
  const silent = await openRaw(url);
  silent.webSocket.pause();
  await service.endAll(closeCodes.restart);
  expect(await polite.closed).toBe(closeCodes.restart);
  // Connections that are refused afterwards are refused by whoever owns the server.
  await expect(polite.api.snapshot()).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
});

test('where no session can be opened, nothing is accepted', async () => {
  const { url, refused } = await serve(() => Promise.reject(new Error('no engine')));
  const webSocket = new WebSocket(url);
  const [error] = await once(webSocket, 'error');
  expect(String(error)).toContain('socket hang up');
  expect(refused).toEqual([new Error('no engine')]);
});

test('a handshake that is no WebSocket leaves no session behind', async () => {
  const engine = createFakeEngine();
  const { url } = await serve(ownSession(engine));
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    import('node:http').then(({ request }) =>
      request(url.replace('ws:', 'http:'), {
        headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '1' },
      })
        .on('response', (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on('error', reject)
        .end(),
    );
  });
  expect(answer).toBe(400);
  while (engine.listeners() > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(engine.listeners()).toBe(0);
});
