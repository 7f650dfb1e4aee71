/** All rooms together, on the real contract: an engine in memory behind it, Electron's parts as small ones. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions, NotificationConstructorOptions, RelaunchOptions } from 'electron';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineConnection, type KeptEngine, localApi } from '#ipc';
import { failure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import { type CitizenParts, startCitizen } from '../../electron/desktop/citizen.ts';
import { openLog } from '../../electron/desktop/log/log-file.ts';
import { createFakeEngine } from '../support/fake-engine.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { fakeImages, fakeWindows, settle } from './support.ts';

type Item = MenuItemConstructorOptions;

async function desktop() {
  const clock = createManualClock();
  const engine = createFakeEngine({ now: clock.now });
  const windows = fakeWindows(1);
  const directory = join(await temporaryDirectory(), 'logs');
  const log = openLog({ directory, now: clock.now });
  onTestFinished(log.close);
  const seen = {
    tray: { menu: [] as Item[], toolTip: '', image: '', isGone: false },
    appMenu: [] as Item[],
    notifications: [] as string[],
    clipboard: [] as string[],
    blockers: [] as string[],
    badges: [] as number[],
    ended: [] as string[],
    questions: [] as string[],
    loginItems: [] as unknown[],
    /** The newest notification. */
    last: new EventEmitter(),
  };
  class FakeTray extends EventEmitter {
    constructor(image: { path: string }) {
      super();
      seen.tray.image = image.path;
    }
    setImage(image: { path: string }): void {
      seen.tray.image = image.path;
    }
    setToolTip(text: string): void {
      seen.tray.toolTip = text;
    }
    setContextMenu(menu: Item[]): void {
      seen.tray.menu = menu;
    }
    destroy(): void {
      seen.tray.isGone = true;
    }
  }
  class FakeNotification extends EventEmitter {
    static isSupported = () => true;
    constructor({ title = '', body = '' }: NotificationConstructorOptions) {
      super();
      seen.notifications.push(body === '' ? title : `${title}: ${body}`);
      seen.last = this;
    }
    show(): void {}
    close(): void {}
  }
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    setBadgeCount: (count?: number) => seen.badges.push(count ?? 0) > 0,
    getLoginItemSettings: () => ({ openAtLogin: false }),
    setLoginItemSettings: (settings: unknown) => void seen.loginItems.push(settings),
    quit() {
      let isPrevented = false;
      app.emit('before-quit', {
        preventDefault: () => {
          isPrevented = true;
        },
      });
      if (!isPrevented) seen.ended.push('quit');
    },
    exit: (code?: number) => void seen.ended.push(`exit ${code}`),
    relaunch: ({ args = [] }: RelaunchOptions = {}) => void seen.ended.push(['again', ...args].join(' ')),
  });
  const asked = Promise.withResolvers<void>();
  const connectionListeners = new Set<(connection: EngineConnection | null) => void>();
  const connection = { isOwner: true } as EngineConnection;
  const kept: KeptEngine = {
    api: localApi(engine.service, clock),
    connection: () => connection,
    onConnection(listener) {
      connectionListeners.add(listener);
      listener(connection);
      return () => void connectionListeners.delete(listener);
    },
    asked: asked.promise,
    close: async () => {},
  };
  const citizen = startCitizen({
    app: app as unknown as CitizenParts['app'],
    Tray: FakeTray as unknown as CitizenParts['Tray'],
    Menu: {
      buildFromTemplate: (template) => template as never,
      setApplicationMenu: (menu) => {
        seen.appMenu = menu as unknown as Item[];
      },
    },
    Notification: FakeNotification as unknown as CitizenParts['Notification'],
    nativeImage: fakeImages,
    dialog: {
      showMessageBox: async ({ message }) => {
        seen.questions.push(message);
        return { response: 0, checkboxChecked: false };
      },
      showOpenDialog: (async () => ({ canceled: false, filePaths: ['/chosen.png'] })) as never,
    },
    clipboard: { writeText: (async (text: string) => void seen.clipboard.push(text)) as never },
    shell: { openPath: async () => '' },
    powerMonitor: new EventEmitter() as never,
    powerSaveBlocker: {
      start: () => seen.blockers.push('start'),
      stop: () => seen.blockers.push('stop') > 0,
    },
    execFile: (() => {}) as never,
    onSignal: () => () => {},
    platform: 'win32',
    environment: {},
    homeDir: '/home/me',
    execPath: 'hoist.exe',
    iconDirectory: '/icons',
    dataDir: undefined,
    updates: null,
    engine: kept,
    windows,
    clock,
    log,
    close: async () => void seen.ended.push('closed'),
  });
  await clock.advance(1500);
  const labels = () => seen.tray.menu.map(({ label, type }) => label ?? type);
  const click = (items: readonly Item[], label: string): void => {
    const all = items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? item.submenu : [])]);
    const item = all.find((each) => each.label === label);
    if (item?.click === undefined) throw new Error(`There is no ${label}.`);
    (item.click as () => void)();
  };
  const logged = () =>
    readFileSync(log.path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { clock, engine, windows, seen, app, citizen, labels, click, logged, asked, connectionListeners };
}

test('files are sent: tray, progress, wakefulness, then a notification, a link to copy, and rest', async () => {
  const { clock, engine, seen, labels, click, windows } = await desktop();
  expect([seen.tray.toolTip, seen.blockers]).toEqual(['Hoist: nothing to do', []]);
  const ids = ['a', 'b', 'c', 'd'].map((name) => engine.add(`/${name}.png`).id);
  for (const id of ids) engine.set(id, { state: { name: 'uploading' }, bytesPerSecond: 500_000 });
  await clock.advance(2000);
  expect(seen.tray.toolTip).toBe('Sending 4 files · 2 MB/s');
  expect(seen.tray.image).toContain('tray-busy.png');
  expect(seen.blockers).toEqual(['start']);
  expect(windows.open[0]?.done).toContain('normal 0.99');
  for (const id of ids) engine.complete(id);
  await clock.advance(30_000);
  expect(seen.notifications).toEqual(['4 files uploaded: To \u2068demo-flora\u2069']);
  seen.last.emit('action', {}, 0, -1);
  await settle();
  expect(seen.clipboard).toEqual([ids.map((id) => `https://assets.example.com/${id}`).join('\n')]);
  expect([seen.blockers, windows.open[0]?.done.filter((each) => !each.startsWith('overlay')).at(-1)]).toEqual(
    [['start', 'stop'], 'none -1'],
  );
  expect(labels()).toContain('d.png');
  click(seen.tray.menu, 'b.png');
  await settle();
  expect(seen.clipboard.at(-1)).toBe('https://assets.example.com/2');
});

test('the format of a copy is the one that was chosen, and a link that cannot be had is told', async () => {
  const { clock, engine, seen, click } = await desktop();
  await engine.service.updateSettings({ copyFormat: 'markdown' });
  const { id } = engine.add('/a.png', { mimeType: 'image/png' });
  engine.complete(id);
  await clock.advance(5000);
  click(seen.tray.menu, 'a.png');
  await settle();
  expect(seen.clipboard).toEqual(['![a.png](https://assets.example.com/1)']);
  const menu = seen.tray.menu;
  engine.set(id, { state: { name: 'canceled' } });
  click(menu, 'a.png');
  await settle();
  expect(seen.notifications.at(-1)).toMatch(/^The link was not copied/);
});

test('what needs somebody is in the tray, on the taskbar, in a notification, and in the log', async () => {
  const { clock, engine, seen, labels, click, windows, logged } = await desktop();
  const { id } = engine.add('/big.mov');
  engine.block(id, failure('too-large', 'https://api.example/x?token=12345678'));
  await clock.advance(5000);
  expect(seen.tray.image).toContain('tray-attention.png');
  expect(labels()).toContain('Needs you (1)…');
  expect(windows.open[0]?.done).toContain('overlay 1 file needs you');
  expect(seen.notifications[0]).toMatch(/^\u2068big\.mov\u2069 needs you: The file is too large/);
  click(seen.tray.menu, 'Needs you (1)…');
  expect(windows.asked).toEqual(['show #/uploads/needsYou']);
  expect(logged()).toContainEqual(
    expect.objectContaining({
      event: 'job',
      state: 'blocked',
      code: 'too-large',
      message: 'https://api.example/x?…',
    }),
  );
});

test('menus and tray act: pausing without a window, commands in one, files by the system’s dialog', async () => {
  const { clock, engine, seen, click, windows, labels } = await desktop();
  click(seen.tray.menu, 'Pause all uploads');
  await clock.advance(2000);
  expect(labels()).toContain('Resume all uploads');
  expect(engine.calls.filter(({ name }) => name === 'setPaused').map(({ args }) => args)).toEqual([[true]]);
  click(seen.appMenu, 'Resume Everything');
  await clock.advance(2000);
  expect(labels()).toContain('Pause all uploads');
  click(seen.appMenu, 'Watch a Folder…');
  click(seen.appMenu, 'Add Files…');
  click(seen.appMenu, 'New Window');
  await settle();
  expect(windows.asked).toEqual(['command folder.add', 'new', 'give /chosen.png']);
});

test('starting at login follows the setting', async () => {
  const { clock, engine, seen } = await desktop();
  expect(seen.loginItems).toEqual([]);
  await engine.service.updateSettings({ launchAtLogin: true });
  await clock.advance(500);
  expect(seen.loginItems).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
});

test('quitting while bytes flow asks, then everything is closed, and nothing is left running', async () => {
  const { clock, engine, seen, app, logged, connectionListeners } = await desktop();
  const { id } = engine.add('/a.png');
  engine.set(id, { state: { name: 'uploading' }, bytesSent: 500 });
  await clock.advance(1000);
  app.quit();
  await clock.advance(100);
  expect([seen.questions, seen.ended]).toEqual([['1 file is on its way'], ['closed', 'quit']]);
  expect([seen.tray.isGone, seen.blockers.at(-1), connectionListeners.size]).toEqual([true, 'stop', 0]);
  expect(logged().at(-1)).toMatchObject({ event: 'app.ended' });
  await clock.advance(60_000);
  expect(clock.pendingTimers()).toBe(0);
});

test('an engine that is asked to end takes the app with it, without a question', async () => {
  const { engine, clock, seen, asked } = await desktop();
  engine.set(engine.add('/a.png').id, { state: { name: 'uploading' } });
  await clock.advance(1000);
  asked.resolve();
  await clock.advance(100);
  expect([seen.questions, seen.ended]).toEqual([[], ['closed', 'quit']]);
});

test('who starts it gets its window, and while it ends it anew: with what they gave', async () => {
  const { citizen, windows, app, seen, clock } = await desktop();
  const launch = { dataDir: undefined, isHidden: false, paths: ['/a.png', '/-b.png'] };
  citizen.arrive(launch);
  citizen.arrive({ ...launch, isHidden: true, paths: ['/c.png'] });
  const before = ['show', 'give /a.png /-b.png', 'give /c.png'];
  expect(windows.asked).toEqual(before);
  app.quit();
  await settle();
  citizen.arrive(launch);
  app.emit('activate');
  await clock.advance(100);
  expect(seen.ended).toEqual(expect.arrayContaining(['closed', 'again -- /a.png /-b.png', 'quit']));
  expect(windows.asked).toEqual([...before, 'close all']);
});

test('files that nothing becomes of are told', async () => {
  const { citizen, windows, seen } = await desktop();
  windows.give = () => Promise.reject(new ContractError(failure('file-missing')));
  citizen.arrive({ dataDir: undefined, isHidden: true, paths: ['/a.png', '/b.png'] });
  await settle();
  expect(seen.notifications).toEqual([expect.stringMatching(/^2 files could not be added: ./)]);
});
