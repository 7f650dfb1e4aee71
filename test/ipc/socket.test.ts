import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectSocket, NoEngineError, serveSocket, socketPath } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import { ContractError, type EngineNotice } from '#shared/ipc.ts';
import { createFakeEngine } from '../support/fake-engine.ts';

let dir: string;
let undo: (() => unknown)[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hoist-socket-'));
  undo = [() => rm(dir, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const task of undo.reverse()) await task();
});

async function serve(engine = createFakeEngine()) {
  const path = join(dir, 'engine.sock');
  const server = await serveSocket({ service: engine.service, clock: systemClock, path });
  undo.push(() => server.close());
  return { engine, path, server };
}

async function joinAs(path: string) {
  const api = await connectSocket(path);
  undo.push(() => api.close());
  return api;
}

/** A bare client: what it reads, and when it was hung up on. */
function openRaw(path: string) {
  const socket = connect(path);
  undo.push(() => socket.destroy());
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  return { socket, closed };
}

const firstData = (socket: Socket) =>
  new Promise<string>((resolve) => socket.once('data', (d) => resolve(String(d))));

test('serves two clients at once, each with its own view', async () => {
  const { engine, path } = await serve();
  const [a, b] = [await joinAs(path), await joinAs(path)];
  const job = engine.add('/x');
  const rows = new Promise((resolve) => a.on('rowsChanged', resolve));
  const counts = new Promise<number>((resolve) => b.on('countsChanged', (push) => resolve(push.counts.all)));
  b.on('rowsChanged', () => expect.unreachable('b looks at nothing'));
  await a.view([job.id]);
  expect(await rows).toMatchObject([{ id: job.id, path: '/x' }]);
  engine.set(job.id, { attempts: 1 });
  expect(await counts).toBe(1);
  const answers = await Promise.all([a.getJob(job.id), b.getJob(job.id), a.snapshot(), b.countJobs({})]);
  expect(answers[0]).toEqual(answers[1]);
});

test('a failed request rejects with its failure', async () => {
  const { path } = await serve();
  const api = await joinAs(path);
  await expect(api.getJob(99)).rejects.toThrow(ContractError);
  await expect(api.getJob(99)).rejects.toMatchObject({ failure: { code: 'not-found' } });
});

test('carries names in any script, and newlines in them', async () => {
  const { engine, path } = await serve();
  const api = await joinAs(path);
  const name = '/фото\n写真 🖼️ "x".jpg';
  engine.add(name);
  expect((await api.getJob(1)).job.path).toBe(name);
});

test('only its user may open the socket', async () => {
  const { path } = await serve();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('replaces what a dead process has left, and leaves nothing itself', async () => {
  const path = join(dir, 'engine.sock');
  await writeFile(path, '');
  await expect(connectSocket(path)).rejects.toThrow(NoEngineError);
  const { server } = await serve();
  await (await connectSocket(path)).close();
  await server.close();
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each([
  ['no JSON', 'hello\n'],
  ['an empty line', '\n'],
  ['an array', '[]\n'],
  ['a message without a name', '{"id":1,"args":[]}\n'],
  ['a message with a surplus field', '{"id":1,"name":"snapshot","args":[],"admin":true}\n'],
  ['an HTTP request', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
])('hangs up on %s, and goes on with the others', async (_what, junk) => {
  const { path } = await serve();
  const api = await joinAs(path);
  const raw = openRaw(path);
  raw.socket.resume();
  raw.socket.write(junk);
  await raw.closed;
  expect((await api.snapshot()).counts.all).toBe(0);
});

test('an unknown request is answered, not punished', async () => {
  const { path } = await serve();
  const { socket } = openRaw(path);
  await firstData(socket);
  socket.write('{"id":7,"name":"sudo","args":[]}\n');
  expect(JSON.parse(await firstData(socket))).toMatchObject({ id: 7, answer: { ok: false } });
});

test('hangs up on a line that never ends', async () => {
  const { path } = await serve();
  const { socket, closed } = openRaw(path);
  const chunk = 'x'.repeat(1024 * 1024);
  const send = () => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', send);
  send();
  await closed;
});

test('a client that does not read holds neither memory nor the others', async () => {
  const { engine, path } = await serve();
  const { socket } = openRaw(path);
  await firstData(socket);
  socket.pause();
  const big = 'n'.repeat(200_000);
  for (let id = 1; id <= 5; id += 1) engine.add(`/${id}-${big}`);
  // 3000 requests for 1 MB each, none of them read.
  const ask =
    '{"id":1,"name":"listJobs","args":[{"filter":{},"sort":"added","direction":"ascending","cursor":null,"limit":5}]}\n';
  socket.write(ask.repeat(3000));
  const api = await joinAs(path);
  // As long as the other still answers 20 times, the first has had all the turns that it could get.
  for (let turn = 0; turn < 20; turn += 1) await api.countJobs({});
  const asked = engine.calls.filter((call) => call.name === 'listJobs').length;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(100);
});

test('every answer arrives, also after the reader was slow', async () => {
  const { engine, path } = await serve();
  engine.add(`/${'n'.repeat(200_000)}`);
  const { socket } = openRaw(path);
  await firstData(socket);
  socket.pause();
  for (let id = 1; id <= 200; id += 1)
    socket.write(
      `{"id":${id},"name":"activeJobs","args":[]}\n{"id":${id + 1000},"name":"getJob","args":[1]}\n`,
    );
  const seen = new Set<number>();
  let rest = '';
  const all = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message: { id?: number } = JSON.parse(line);
        if (message.id !== undefined) seen.add(message.id);
      }
      if (seen.size === 400) resolve();
    });
  });
  socket.resume();
  await all;
  expect(seen.size).toBe(400);
});

test('open requests are rejected when the engine goes, and later ones too', async () => {
  const { path, server } = await serve();
  const api = await joinAs(path);
  const { folder } = await api.addWatchFolder({ path: '/w', destinationId: 'demo-flora' });
  const waiting = api.whenWatchFolderIdle(folder.id);
  const rejected = expect(waiting).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
  await server.close();
  await rejected;
  await api.closed;
  await expect(api.snapshot()).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
});

test('a client that is gone takes its temporary folders and its listener along', async () => {
  const { engine, path } = await serve();
  const api = await connectSocket(path);
  await api.addWatchFolder({ path: '/w', destinationId: 'demo-flora', isTemporary: true });
  expect(engine.listeners()).toBe(1);
  const gone = new Promise<void>((resolve) => {
    const stop = engine.service.onChange((change) => {
      if (change.kind !== 'folders') return;
      stop();
      resolve();
    });
  });
  await api.close();
  await gone;
  expect((await engine.service.snapshot()).folders).toEqual([]);
});

test('notices and other pushes reach a listener until it stops listening', async () => {
  const { engine, path } = await serve();
  const api = await joinAs(path);
  const seen: EngineNotice[] = [];
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const stop = api.on('notice', (notice) => {
    seen.push(notice);
    first.resolve();
  });
  engine.notice({ at: 1, level: 'warning', text: 'one' });
  await first.promise;
  stop();
  api.on('notice', () => second.resolve());
  engine.notice({ at: 2, level: 'info', text: 'two' });
  await second.promise;
  expect(seen.map((notice) => notice.text)).toEqual(['one']);
});

test.each([
  ['beside the database', '/home/u/.config/hoist', /^\/home\/u\/\.config\/hoist\/engine\.sock$/],
  [
    'in a private directory where that is too long',
    `/home/${'x'.repeat(120)}`,
    /^\/tmp\/hoist-1000\/[0-9a-f]{24}\.sock$/,
  ],
])('listens %s', (_where, dataDir, expected) => {
  expect(socketPath(dataDir, { platform: 'linux', tmpDir: '/tmp', uid: 1000 })).toMatch(expected);
});

test('two directories never share a socket, and a pipe has a name of its own', () => {
  const place = { platform: 'win32' as const, tmpDir: 'C:\\T', uid: null };
  const [a, b] = [socketPath('/data/a', place), socketPath('/data/b', place)];
  expect(a).toMatch(/^\\\\\.\\pipe\\hoist-[0-9a-f]{32}$/);
  expect(a).not.toBe(b);
});

test('a long temporary directory does not make the short path long', () => {
  const path = socketPath(`/${'d'.repeat(200)}`, {
    platform: 'darwin',
    tmpDir: `/${'t'.repeat(90)}`,
    uid: 501,
  });
  expect(path).toMatch(/^\/tmp\/hoist-501\//);
});
