import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { lockDown } from '../../../electron/desktop/window/lock-down.ts';

type Handler = (...args: never[]) => unknown;

function lock() {
  const app = new EventEmitter();
  const handlers = new Map<string, Handler | null>();
  const keep = (name: string) => (handler: Handler | null) => void handlers.set(name, handler);
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('permission-request'),
    setPermissionCheckHandler: keep('permission-check'),
    setDevicePermissionHandler: keep('device-permission'),
    setDisplayMediaRequestHandler: keep('display-media'),
    setSpellCheckerEnabled: (isOn: boolean) => void handlers.set('spell-checker', isOn ? () => true : null),
    webRequest: { onBeforeRequest: keep('before-request') },
  });
  const denied: string[] = [];
  lockDown(app as unknown as App, session as unknown as Session, (what) => void denied.push(what));
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: keep('window-open') });
  app.emit('web-contents-created', {}, contents as unknown as WebContents);
  const call = (name: string, ...args: readonly unknown[]) => handlers.get(name)?.(...(args as never[]));
  /** Whether a listener prevented it. */
  const isPrevented = (from: EventEmitter, name: string, event: object = {}, ...rest: readonly unknown[]) => {
    let prevented = false;
    const heard = from.emit(name, { ...event, preventDefault: () => (prevented = true) }, ...rest);
    expect(heard).toBe(true);
    return prevented;
  };
  return { app, session, contents, handlers, denied, call, isPrevented };
}

test.each([
  ['will-navigate', { url: 'https://example.com/', isMainFrame: true }],
  ['will-navigate', { url: 'file:///etc/passwd', isMainFrame: true }],
  ['will-navigate', { url: 'app://bundle.example/', isMainFrame: true }],
  ['will-frame-navigate', { url: 'https://example.com/', isMainFrame: false }],
  ['will-frame-navigate', { url: 'app://bundle/', isMainFrame: false }],
  ['will-redirect', { url: 'app://bundle/' }],
  ['will-attach-webview', {}],
])('%s %j goes nowhere', (name, event) => {
  const { contents, denied, isPrevented } = lock();
  expect(isPrevented(contents, name, event)).toBe(true);
  expect(denied).toHaveLength(1);
});

test('our own page may load itself anew', () => {
  const { contents, denied, isPrevented } = lock();
  const event = { url: 'app://bundle/#/settings', isMainFrame: true };
  expect(isPrevented(contents, 'will-navigate', event)).toBe(false);
  expect(isPrevented(contents, 'will-frame-navigate', event)).toBe(false);
  expect(denied).toEqual([]);
});

test('no window is opened, not even one of ours', () => {
  const { call } = lock();
  expect(call('window-open', { url: 'app://bundle/' })).toEqual({ action: 'deny' });
});

test('no permission is given: neither where it is asked for nor where it is looked up', () => {
  const { call, handlers } = lock();
  const answers: boolean[] = [];
  for (const permission of ['media', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem']) {
    call('permission-request', null, permission, (isGiven: boolean) => answers.push(isGiven));
    expect(call('permission-check', null, permission, 'app://bundle')).toBe(false);
  }
  expect(answers).toEqual([false, false, false, false, false]);
  expect(call('device-permission', {})).toBe(false);
  // Null is Electron's own: nobody may take the screen.
  expect(handlers.get('display-media')).toBeNull();
  expect(handlers.get('spell-checker')).toBeNull();
});

test('no certificate but a good one, no certificate of ours, no password', () => {
  const { app, isPrevented } = lock();
  const trusted: boolean[] = [];
  const callback = (isTrusted: boolean) => trusted.push(isTrusted);
  expect(isPrevented(app, 'certificate-error', {}, {}, 'https://a', 'bad', {}, callback)).toBe(true);
  expect(trusted).toEqual([false]);
  expect(isPrevented(app, 'select-client-certificate')).toBe(true);
  expect(isPrevented(app, 'login')).toBe(true);
});

test.each([
  ['app://bundle/assets/index.js', false],
  ['blob:app://bundle/1', false],
  ['devtools://devtools/bundled/x.js', false],
  ['https://example.com/', true],
  ['http://127.0.0.1:1/', true],
  ['file:///etc/passwd', true],
  ['ws://127.0.0.1:1/', true],
  ['blob:https://example.com/1', true],
  ['chrome-extension://a/b', true],
])('a request for %s is cancelled: %s', (url, cancel) => {
  const { call } = lock();
  const told: unknown[] = [];
  call('before-request', { url }, (answer: unknown) => told.push(answer));
  expect(told).toEqual([{ cancel }]);
});

test('the page may save what it made, and download nothing', () => {
  const { session, isPrevented } = lock();
  const item = (address: string) => ({ getURL: () => address });
  expect(isPrevented(session, 'will-download', {}, item('blob:app://bundle/1'))).toBe(false);
  expect(isPrevented(session, 'will-download', {}, item('https://example.com/x.exe'))).toBe(true);
  expect(isPrevented(session, 'will-download', {}, item('app://bundle/assets/x.js'))).toBe(true);
});
