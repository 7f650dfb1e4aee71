import { expect, test } from 'vitest';
import { serveElectron } from '#ipc';
import { UploadError } from '#ports/upload-error.ts';
import { buildApi, createExchange, createPushHub } from '#shared/api-client.ts';
import { channels, type HostRequests, hostRequestNames } from '#shared/desktop-bridge.ts';
import type { OpenSession } from '../../electron/ipc/serve-web-socket.ts';
import {
  type FakeContents,
  fakeContents,
  fakeFrame,
  fakeIpcMain,
  type Sender,
} from '../support/electron-fakes.ts';
import { fakeKeptEngine } from '../support/kept-engine.ts';
import { createManualClock } from '../support/manual-clock.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function serve(host: Partial<HostRequests> = {}) {
  const clock = createManualClock();
  const engine = fakeKeptEngine(clock);
  const ipc = fakeIpcMain();
  const bugs: { readonly what: string; readonly error: unknown }[] = [];
  const ours = new Set<unknown>();
  const sessions = { opened: 0, closed: 0 };
  const counted =
    (open: OpenSession): OpenSession =>
    async (send) => {
      const session = await open(send);
      sessions.opened += 1;
      return {
        ...session,
        close() {
          sessions.closed += 1;
          return session.close();
        },
      };
    };
  const service = serveElectron({
    ipcMain: ipc.ipcMain,
    engine,
    isOurs: (contents) => ours.has(contents),
    origin: 'app://bundle',
    hostFor: () => host as HostRequests,
    openSession: (connection) => counted(connection.openSession),
    onBug: (what, error) => void bugs.push({ what, error }),
  });

  /** A window whose page speaks as the preload script and the screens do. */
  function openPage({ takes = true } = {}) {
    const fake = fakeContents();
    ours.add(fake.contents);
    const from: Sender = { contents: fake.contents, frame: fake.frame };
    const hub = createPushHub();
    const send = (text: string) => ipc.send(from, channels.message, text);
    let exchange = createExchange(send, hub);
    let gone = 0;
    fake.onSend = (channel, value) => {
      if (channel === channels.gone) {
        gone += 1;
        exchange.lose(new Error('gone'));
        exchange = createExchange(send, hub);
      }
      if (channel !== channels.message) return;
      if (takes) ipc.send(from, channels.taken, String(value).length);
      exchange.receive(String(value));
    };
    const hello = () => ipc.send(from, channels.hello);
    return {
      ...fake,
      from,
      hub,
      hello,
      send,
      greeted: () => exchange.greeted,
      goneCount: () => gone,
      api: buildApi((name, args) => exchange.ask(name, args), hub),
    };
  }
  return { clock, engine, ipc, bugs, ours, service, sessions, openPage };
}

const textsOf = ({ sent }: Pick<FakeContents, 'sent'>) =>
  sent.filter(({ channel }) => channel === channels.message).map(({ value }) => String(value));

test('a page that says hello is greeted, answered, and told what changes', async () => {
  const { engine, clock, openPage } = serve();
  const page = openPage();
  page.hello();
  await page.greeted();
  expect((await page.api.snapshot()).counts.all).toBe(0);
  const told: number[] = [];
  page.api.on('countsChanged', ({ counts }) => void told.push(counts.all));
  engine.engine.add('/a.png');
  await clock.advance(1000);
  expect(told.at(-1)).toBe(1);
});

test('two windows have sessions of their own', async () => {
  const { openPage, sessions } = serve();
  const [one, other] = [openPage(), openPage()];
  one.hello();
  other.hello();
  await Promise.all([one.greeted(), other.greeted()]);
  expect(sessions.opened).toBe(2);
  one.destroy();
  await settle();
  expect(sessions.closed).toBe(1);
  expect((await other.api.snapshot()).counts.all).toBe(0);
});

const strangers: readonly (readonly [string, (ours: FakeContents) => Sender])[] = [
  [
    'a frame of ours that is not the page',
    ({ contents, frame }) => ({ contents, frame: fakeFrame('app://bundle/', frame) }),
  ],
  [
    'another page in a window of ours',
    ({ contents, frame }) => ({ contents, frame: Object.assign(frame, { url: 'https://example.com/' }) }),
  ],
  [
    'a file in a window of ours',
    ({ contents, frame }) => ({ contents, frame: Object.assign(frame, { url: 'file:///app/index.html' }) }),
  ],
  [
    'a name that only begins like ours',
    ({ contents, frame }) => ({ contents, frame: Object.assign(frame, { url: 'app://bundle.example/' }) }),
  ],
  [
    'another scheme on our name',
    ({ contents, frame }) => ({ contents, frame: Object.assign(frame, { url: 'https://bundle/' }) }),
  ],
  [
    'a page without an address',
    ({ contents, frame }) => ({ contents, frame: Object.assign(frame, { url: '' }) }),
  ],
  ['a frame that is gone', ({ contents }) => ({ contents, frame: null })],
  ['the main frame of another page', ({ contents }) => ({ contents, frame: fakeFrame('app://bundle/') })],
  [
    'a window that is not ours',
    () => {
      const { contents, frame } = fakeContents();
      return { contents, frame };
    },
  ],
];

test.each(strangers)('%s is not heard on any channel', async (_name, become) => {
  const calls: string[] = [];
  const host = Object.fromEntries(hostRequestNames.map((name) => [name, async () => void calls.push(name)]));
  const { ipc, bugs, ours, openPage, sessions } = serve(host);
  const page = openPage();
  page.hello();
  await page.greeted();
  const told = page.sent.length;
  const stranger = become(page);
  for (const channel of [channels.hello, channels.message, channels.taken]) {
    const before = bugs.length;
    ipc.send(stranger, channel, JSON.stringify({ id: 1, name: 'snapshot', args: [] }));
    expect([channel, bugs.length]).toEqual([channel, before + 1]);
  }
  for (const name of hostRequestNames) {
    await expect(ipc.invoke(stranger, channels.request(name))).rejects.toThrow('not one of our windows');
  }
  await settle();
  expect(calls).toEqual([]);
  expect(page.sent).toHaveLength(told);
  expect(sessions.opened).toBe(1);
  expect(ours.size).toBe(1);
});

test('there are these channels and no others; an unknown one is refused', async () => {
  const { ipc, openPage } = serve();
  expect([...ipc.heard].sort()).toEqual([channels.hello, channels.message, channels.taken].sort());
  expect([...ipc.handled].sort()).toEqual(hostRequestNames.map(channels.request).sort());
  await expect(ipc.invoke(openPage().from, 'hoist:request:readFile', '/etc/passwd')).rejects.toThrow();
});

const file = { name: 'a.png', sizeBytes: 1, lastModified: 0 };
const junk: readonly (readonly [string, readonly unknown[]])[] = [
  ['takePaths', []],
  ['takePaths', ['/a']],
  ['takePaths', [[1]]],
  ['takePaths', [['x'.repeat(40_000)]]],
  ['addGiven', [['id'], { destinationId: 'd', everything: true }]],
  ['addGiven', [[''], { destinationId: 'd' }]],
  ['beginFile', [{ ...file, sizeBytes: -1 }]],
  ['beginFile', [{ ...file, name: '' }]],
  ['beginFile', [{ ...file, path: '/etc/passwd' }]],
  ['sendChunk', ['t', 'text']],
  ['sendChunk', ['t', new Uint8Array(5 * 1024 * 1024)]],
  ['chooseFiles', ['everything']],
  ['findFileOf', [1, '/etc/passwd']],
  ['showInFolder', ['/etc/passwd']],
  ['showInFolder', [0]],
  ['openLink', [1]],
  ['openLink', [1, 'x'.repeat(10_000)]],
  ['copyText', [{}]],
  ['chooseFolder', ['/etc']],
];

test.each(junk)('%s does not run with %j', async (name, args) => {
  const runs: unknown[] = [];
  const { ipc, openPage } = serve({ [name]: async () => void runs.push(name) });
  const page = openPage();
  await expect(ipc.invoke(page.from, `hoist:request:${name}`, ...args)).rejects.toThrow();
  expect(runs).toEqual([]);
});

test('every request to the host is refused something', () => {
  const names = new Set(junk.map(([name]) => name));
  // These two take one id each, as `sendChunk` does.
  expect(hostRequestNames.filter((name) => !names.has(name))).toEqual(['endFile', 'dropFile']);
});

test('failures travel as data; of a bug nothing does', async () => {
  const { ipc, openPage, bugs } = serve({
    showInFolder: async () => {
      throw new UploadError('file-missing', 'gone', { facts: { path: '/a' } });
    },
    chooseFolder: async () => {
      throw new Error('secret');
    },
    copyText: async () => {},
  });
  const { from } = openPage();
  expect(await ipc.invoke(from, 'hoist:request:showInFolder', 1)).toEqual({
    ok: false,
    failure: { code: 'file-missing', message: 'gone', facts: { path: '/a' } },
  });
  const internal = await ipc.invoke(from, 'hoist:request:chooseFolder');
  expect(internal).toMatchObject({ ok: false, failure: { code: 'internal' } });
  expect(JSON.stringify(internal)).not.toContain('secret');
  expect(bugs).toEqual([{ what: 'chooseFolder', error: new Error('secret') }]);
  expect(await ipc.invoke(from, 'hoist:request:copyText', 'x')).toEqual({ ok: true, value: undefined });
});

test('when the engine goes, the page hears of it, and the next one greets', async () => {
  const { engine, openPage, sessions } = serve();
  const page = openPage();
  page.hello();
  await page.greeted();
  const open = page.api.getJob(1);
  engine.lose();
  await expect(open).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
  expect(page.goneCount()).toBe(1);
  await settle();
  expect(sessions).toEqual({ opened: 1, closed: 1 });
  page.send(JSON.stringify({ id: 9, name: 'snapshot', args: [] }));
  engine.join().add('/b.png');
  await page.greeted();
  expect((await page.api.snapshot()).counts.all).toBe(1);
});

test('a page that comes while there is no engine is greeted by the next', async () => {
  const { engine, openPage } = serve();
  engine.lose();
  const page = openPage();
  page.hello();
  await settle();
  expect(textsOf(page)).toEqual([]);
  engine.join();
  await page.greeted();
});

test('an engine that is ending while a session is opened is a matter of the next', async () => {
  const { ipc, bugs, ...rest } = serve();
  const broken = rest.engine.connection();
  const page = rest.openPage();
  if (broken !== null) Object.assign(broken, { openSession: () => Promise.reject(new Error('ending')) });
  page.hello();
  await settle();
  expect(bugs.map(({ what }) => what)).toEqual(['session']);
  rest.engine.join();
  await page.greeted();
});

test.each<[string, (page: FakeContents) => void, number]>([
  [
    'loads anew',
    ({ contents }) => contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false }),
    1,
  ],
  ['crashes', ({ contents }) => contents.emit('render-process-gone', {}, { reason: 'crashed' }), 1],
  ['is closed', (page) => page.destroy(), 1],
  [
    'goes to another place in itself',
    ({ contents }) => contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true }),
    0,
  ],
  [
    'loads a frame',
    ({ contents }) => contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false }),
    0,
  ],
])('the session of a page that %s', async (_name, happen, closed) => {
  const { openPage, sessions } = serve();
  const page = openPage();
  page.hello();
  await page.greeted();
  happen(page);
  await settle();
  expect(sessions.closed).toBe(closed);
  expect(page.contents.listenerCount('did-start-navigation')).toBe(1 - closed);
});

test('a page that says hello again has a new session, and only that', async () => {
  const { openPage, sessions } = serve();
  const page = openPage();
  page.hello();
  await page.greeted();
  page.hello();
  await page.greeted();
  await settle();
  expect(sessions).toEqual({ opened: 2, closed: 1 });
  expect((await page.api.snapshot()).counts.all).toBe(0);
});

test('what comes before a page listens waits for its hello', async () => {
  const { openPage, service } = serve();
  const page = openPage();
  service.command(page.contents, 'files.add');
  service.goTo(page.contents, '#/settings');
  expect(page.sent).toEqual([]);
  page.hello();
  service.command(page.contents, 'queue.pause');
  await page.greeted();
  const told = page.sent.filter(({ channel }) => channel !== channels.message);
  expect(told).toEqual([
    { channel: channels.command, value: 'files.add' },
    { channel: channels.goTo, value: '#/settings' },
    { channel: channels.command, value: 'queue.pause' },
  ]);
  page.destroy();
  service.command(page.contents, 'queue.pause');
});

test('a page that takes nothing costs no more than its share; once it reads, it hears what it missed', async () => {
  const { engine, ipc, openPage } = serve();
  const page = openPage({ takes: false });
  page.hello();
  await page.greeted();
  for (let index = 0; index < 300; index++) engine.engine.add(`/${'x'.repeat(500)}/${index}.png`);
  const asked = 400;
  for (let id = 1; id <= asked; id++) {
    const query = { filter: {}, sort: 'added', direction: 'ascending', cursor: null, limit: 100 };
    page.send(JSON.stringify({ id, name: 'listJobs', args: [query] }));
  }
  await settle();
  const answers = () => textsOf(page).filter((text) => text.startsWith('{"id"')).length;
  await expect.poll(answers).toBeGreaterThan(10);
  await settle();
  const untaken = textsOf(page).reduce((sum, text) => sum + text.length, 0);
  expect(answers()).toBeLessThan(asked);
  expect(untaken).toBeLessThan(16 * 1024 * 1024);
  let taken = 0;
  await expect
    .poll(() => {
      const all = textsOf(page).reduce((sum, text) => sum + text.length, 0);
      ipc.send(page.from, channels.taken, all - taken);
      taken = all;
      return answers();
    })
    .toBe(asked);
});

test('a page that asks without end is cut off', async () => {
  const { ipc, bugs, sessions, openPage } = serve();
  const page = openPage();
  page.hello();
  await page.greeted();
  for (let id = 1; id <= 10_001; id++) page.send(JSON.stringify({ id, name: 'snapshot', args: [] }));
  await settle();
  expect(sessions.closed).toBe(1);
  expect(bugs.map(({ what }) => what)).toContain(channels.message);
  expect(ipc.heard).toContain(channels.hello);
});

test('a page that does not speak our language is cut off', async () => {
  const { sessions, openPage } = serve();
  const page = openPage();
  page.hello();
  await page.greeted();
  page.send('GET / HTTP/1.1');
  await settle();
  expect(sessions.closed).toBe(1);
});

test('the end closes every session', async () => {
  const { service, sessions, openPage } = serve();
  const pages = [openPage(), openPage()];
  for (const page of pages) page.hello();
  await Promise.all(pages.map((page) => page.greeted()));
  await service.close();
  expect(sessions).toEqual({ opened: 2, closed: 2 });
});
