import { expect, onTestFinished, test } from 'vitest';
import type { DesktopBridge, HostAnswer, PathlessFile } from '#shared/desktop-bridge.ts';
import { failure } from '#shared/failure.ts';
import type { AddReport } from '#shared/ipc.ts';
import type { GivenFile, GivenFromOutside } from '#shared/window-host.ts';
import { greetingMessage, pushMessage } from '#shared/wire.ts';
import { openDesktopSession } from '../../../renderer/host/desktop-host.ts';

const ok = <T>(value: T): HostAnswer<T> => ({ ok: true, value });
const no = (code: Parameters<typeof failure>[0]): HostAnswer<never> => ({
  ok: false,
  failure: failure(code),
});

const given = (name: string, patch: Partial<GivenFile> = {}): GivenFile => ({
  id: `id-${name}`,
  path: `/given/${name}`,
  name,
  size: 1,
  type: '',
  isFolder: false,
  ...patch,
});

/** The main process, as far as a window sees it. Files whose names begin with "/" have a path. */
function fakeBridge(patch: Partial<DesktopBridge> = {}) {
  const sent: string[] = [];
  const done: (readonly unknown[])[] = [];
  const bytes = new Map<string, Uint8Array[]>();
  let toPage: (text: string | null) => void = () => {};
  const listeners = {
    command: (_id: string) => {},
    goTo: (_at: string) => {},
    given: (_: GivenFromOutside) => {},
  };
  const bridge: DesktopBridge = {
    send: (text) => void sent.push(text),
    connect(listener) {
      toPage = listener;
    },
    takeFiles: async (files) =>
      ok(files.map(({ name }) => (name.startsWith('/') ? given(name.slice(1)) : null))),
    addGiven: async (ids, options) => {
      done.push(['add', ids, options]);
      const files = ids.map((id, index) => ({
        path: id,
        jobId: index + 1,
        outcome: 'added' as const,
        failure: null,
      }));
      return ok<AddReport>({ batchId: 'b', files, ignored: [] });
    },
    async beginFile(file: PathlessFile) {
      done.push(['begin', file]);
      bytes.set(file.name, []);
      return ok(file.name);
    },
    async sendChunk(id, chunk) {
      bytes.get(id)?.push(chunk);
      return ok(undefined);
    },
    endFile: async (id) => ok(given(id)),
    async dropFile(id) {
      done.push(['drop', id]);
      return ok(undefined);
    },
    chooseFiles: async () => ok([given('chosen')]),
    chooseFolder: async () => ok('/folder'),
    findFileOf: async () => ok(true),
    showInFolder: async () => no('file-missing'),
    openLink: async () => no('invalid'),
    copyText: async () => ok(undefined),
    onCommand: (listener) => {
      listeners.command = listener;
      return () => {};
    },
    onGoTo: (listener) => {
      listeners.goTo = listener;
      return () => {};
    },
    onGiven: (listener) => {
      listeners.given = listener;
      return () => {};
    },
    ...patch,
  };
  return { bridge, sent, done, bytes, listeners, tell: (text: string | null) => toPage(text) };
}

const to = { destinationId: 'demo-flora' };
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('the contract is spoken over the bridge, one engine after the other', async () => {
  const { bridge, sent, tell } = fakeBridge();
  const { api, host } = openDesktopSession(bridge);
  const states: string[] = [];
  onTestFinished(host.onConnection((state) => void states.push(state)));
  await expect(api.snapshot()).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
  tell(greetingMessage());
  await settle();
  const asked = api.countJobs({});
  expect(JSON.parse(sent.at(-1) ?? '')).toMatchObject({ name: 'countJobs', args: [{}] });
  const notices: string[] = [];
  api.on('notice', ({ text }) => void notices.push(text));
  tell(pushMessage([{ name: 'notice', payload: { at: 1, level: 'info', text: 'before' } }]));
  tell(null);
  await expect(asked).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
  tell(greetingMessage());
  await settle();
  tell(pushMessage([{ name: 'notice', payload: { at: 1, level: 'info', text: 'after' } }]));
  expect(notices).toEqual(['before', 'after']);
  expect(states).toEqual(['reconnecting', 'connected', 'reconnecting', 'connected']);
});

test('an engine of another version is no connection', async () => {
  const { bridge, tell } = fakeBridge();
  const { host } = openDesktopSession(bridge);
  const states: string[] = [];
  host.onConnection((state) => void states.push(state));
  tell(JSON.stringify({ hoist: 99 }));
  await settle();
  expect(states).toEqual(['reconnecting']);
});

test('files with a path go by their ids, without a byte; the others are streamed; all in their order', async () => {
  const { bridge, done, bytes } = fakeBridge();
  const { host } = openDesktopSession(bridge);
  const progress: (readonly number[])[] = [];
  const pasted = new File([new Uint8Array(2.5 * 1024 * 1024).fill(7)], 'pasted.png', { lastModified: 5 });
  const report = await host.addFiles(
    [new File(['x'], '/a.png'), pasted, given('folder', { isFolder: true }), new File(['y'], '/b.png')],
    to,
    (now, total) => progress.push([now, total]),
  );
  expect(done).toEqual([
    ['begin', { name: 'pasted.png', sizeBytes: pasted.size, lastModified: 5 }],
    ['add', ['id-a.png', 'id-pasted.png', 'id-folder', 'id-b.png'], to],
  ]);
  const whole = Buffer.concat(bytes.get('pasted.png') ?? []);
  expect(whole.equals(Buffer.alloc(pasted.size, 7))).toBe(true);
  expect(progress).toEqual([1, 2, 2.5].map((megabytes) => [megabytes * 1024 * 1024, pasted.size]));
  expect(report.files).toHaveLength(4);
});

test.each<[string, Partial<DesktopBridge>, boolean]>([
  ['there is no room', { beginFile: async () => no('disk-full') }, false],
  ['there is no room any more', { sendChunk: async () => no('disk-full') }, true],
  ['it did not arrive whole', { endFile: async () => no('disk-full') }, false],
])(
  'a file that cannot be brought because %s is refused; the others go on',
  async (_why, patch, isDropped) => {
    const { bridge, done } = fakeBridge(patch);
    const { host } = openDesktopSession(bridge);
    const report = await host.addFiles([new File(['x'], 'pasted.png'), new File(['y'], '/b.png')], to);
    expect(report.files).toMatchObject([
      { outcome: 'added' },
      { path: 'pasted.png', outcome: 'refused', failure: { code: 'disk-full' } },
    ]);
    expect(done.some(([what]) => what === 'drop')).toBe(isDropped);
  },
);

test('where nothing came over, nothing is asked of the engine', async () => {
  const { bridge, done } = fakeBridge({ beginFile: async () => no('disk-full') });
  const report = await openDesktopSession(bridge).host.addFiles([new File(['x'], 'pasted.png')], to);
  expect(report.files).toMatchObject([{ outcome: 'refused' }]);
  expect(done).toEqual([]);
});

test('a failure that came as data is an error again', async () => {
  const { bridge } = fakeBridge({ addGiven: async () => no('destination-missing') });
  const { host } = openDesktopSession(bridge);
  const missing = { name: 'ContractError', failure: { code: 'destination-missing' } };
  await expect(host.addFiles([new File(['y'], '/b.png')], to)).rejects.toMatchObject(missing);
  await expect(host.showInFolder?.(1)).rejects.toMatchObject({ failure: { code: 'file-missing' } });
  await expect(host.openLink(1, 'https://a/')).rejects.toMatchObject({ failure: { code: 'invalid' } });
});

test('what the host knows of dropped things; what it does not know stays', async () => {
  const { bridge } = fakeBridge();
  const { host } = openDesktopSession(bridge);
  const virtual = new File([''], 'attachment.eml');
  const taken = await host.takeFiles?.([new File([''], '/folder'), virtual]);
  expect(taken).toEqual([given('folder'), virtual]);
});

test('thousands of files are asked about a few hundred at a time, and keep their order', async () => {
  const { bridge } = fakeBridge();
  const counts: number[] = [];
  const { host } = openDesktopSession({
    ...bridge,
    takeFiles(files) {
      counts.push(files.length);
      return bridge.takeFiles(files);
    },
  });
  const files = Array.from({ length: 1201 }, (_, index) => new File([''], `/${index}`));
  expect(await host.takeFiles?.(files)).toEqual(files.map((_, index) => given(`${index}`)));
  expect(counts).toEqual([500, 500, 201]);
});

test('files and commands that come before the screens wait for them, once', () => {
  const { bridge, listeners } = fakeBridge();
  const { host } = openDesktopSession(bridge);
  const ask: GivenFromOutside = { kind: 'ask', files: [given('a')], missing: [] };
  listeners.given(ask);
  listeners.command('go.settings');
  const heard: unknown[] = [];
  const stop = host.onGiven((what) => void heard.push(what));
  host.onCommand((id) => void heard.push(id));
  expect(heard).toEqual([ask, 'go.settings']);
  listeners.given(ask);
  stop();
  listeners.given(ask);
  host.onGiven((what) => void heard.push(['later', what]));
  expect(heard).toEqual([ask, 'go.settings', ask, ['later', ask]]);
});
