import { expect, test } from 'vitest';
import { webPreferences } from '../../../electron/desktop/window/web-preferences.ts';
import { createWindows } from '../../../electron/desktop/window/windows.ts';
import { fakeScreen, fakeWindows } from '../../support/electron-windows.ts';
import { createManualClock } from '../../support/manual-clock.ts';

function open(stored: Record<string, unknown> = {}) {
  const clock = createManualClock();
  const made = fakeWindows();
  const state = { store: stored, writes: 0 };
  const told: string[] = [];
  const broken: string[] = [];
  const windows = createWindows({
    create: made.create,
    screen: fakeScreen({ x: 0, y: 0, width: 1920, height: 1080 }),
    prefersDark: () => true,
    state,
    preload: '/app/preload.cjs',
    tell: {
      command: (contents, id) =>
        void told.push(`${made.all.findIndex((one) => one.page.contents === contents)} ${id}`),
      goTo: (contents, at) =>
        void told.push(`${made.all.findIndex((one) => one.page.contents === contents)} ${at}`),
    },
    clock,
    onBroken: () => void broken.push('broken'),
    onBug: (what) => void broken.push(what),
  });
  const changes: number[] = [];
  const stop = windows.onChange(() => void changes.push(windows.all().length));
  const nth = (index: number) => {
    const one = made.all[index];
    if (one === undefined) throw new Error(`There is no window ${index}.`);
    return one;
  };
  return { clock, made, state, told, broken, windows, changes, stop, nth };
}

test('the first window is shown when it has something to show, in its place, with its rights', () => {
  const { windows, nth } = open({ bounds: { x: 10, y: 20, width: 900, height: 600 }, isMaximized: true });
  windows.show('#/settings');
  const { options, told, window } = nth(0);
  expect(options).toMatchObject({
    x: 10,
    y: 20,
    width: 900,
    height: 600,
    show: false,
    backgroundColor: '#0f1116',
  });
  expect(options.webPreferences).toEqual(webPreferences('/app/preload.cjs'));
  expect(told).toEqual(['maximize', 'load app://bundle/#/settings']);
  window.emit('ready-to-show');
  expect(told.at(-1)).toBe('show');
});

test('show brings up the window that was used last, and leads it', () => {
  const { windows, nth, told, made } = open();
  windows.show();
  windows.openNew();
  nth(0).window.emit('focus');
  nth(0).isMinimized = true;
  windows.show('#/links');
  expect(made.all).toHaveLength(2);
  expect(nth(0).told.slice(-3)).toEqual(['restore', 'show', 'focus']);
  expect(told).toEqual(['0 #/links']);
});

test('a second window does not lie on the first', () => {
  const { windows, nth } = open({ bounds: { x: 10, y: 20, width: 900, height: 600 }, isMaximized: false });
  windows.show();
  windows.openNew();
  expect(nth(1).options).toMatchObject({ x: 38, y: 48, width: 900, height: 600 });
});

test('a command goes to the window in front; where there is none, one is opened', () => {
  const { windows, told, made, nth } = open();
  windows.command('files.add');
  expect(made.all).toHaveLength(1);
  expect(told).toEqual(['0 files.add']);
  windows.openNew();
  nth(1).window.emit('focus');
  windows.command('queue.pause');
  expect(told.at(-1)).toBe('1 queue.pause');
  expect(nth(1).told.at(-1)).toBe('focus');
});

test('where the window was is written once it rests, and when it is closed', async () => {
  const { windows, nth, state, clock } = open();
  windows.show();
  const { window } = nth(0);
  for (let x = 0; x < 50; x++) {
    nth(0).bounds = { x, y: 0, width: 800, height: 600 };
    window.emit('move');
    await clock.advance(10);
  }
  expect(state.store).toEqual({});
  await clock.advance(500);
  expect(state.store).toEqual({ bounds: { x: 49, y: 0, width: 800, height: 600 }, isMaximized: false });
  nth(0).isMaximized = true;
  window.close();
  expect(state.store).toMatchObject({ isMaximized: true });
  expect(clock.pendingTimers()).toBe(0);
});

test('a disk that is full keeps no window from closing', () => {
  const { windows, nth, state, broken } = open();
  Object.defineProperty(state, 'store', {
    get: () => ({}),
    set: () => {
      throw new Error('ENOSPC');
    },
  });
  windows.show();
  nth(0).window.close();
  expect(windows.all()).toEqual([]);
  expect(broken).toEqual(['window-state']);
});

test('only what our windows show is ours, and only while they are open', () => {
  const { windows, nth } = open();
  windows.show();
  const { contents } = nth(0).page;
  expect(windows.isOurs(contents)).toBe(true);
  nth(0).window.close();
  expect(windows.isOurs(contents)).toBe(false);
});

test('changes are told until nobody listens', () => {
  const { windows, nth, changes, stop } = open();
  windows.show();
  const { window } = nth(0);
  for (const name of ['focus', 'blur', 'hide', 'show', 'minimize', 'restore']) window.emit(name);
  expect(changes).toEqual([1, 1, 1, 1, 1, 1, 1]);
  windows.closeAll();
  expect(changes.at(-1)).toBe(0);
  stop();
  windows.show();
  expect(changes).toHaveLength(8);
});

test('a page that crashes comes back; one that crashes again at once does not, and its window closes', async () => {
  const { windows, nth, clock, broken } = open();
  windows.show();
  const { window, told } = nth(0);
  const crash = (reason: string) => window.webContents.emit('render-process-gone', {}, { reason });
  crash('clean-exit');
  expect(told).not.toContain('reload');
  crash('crashed');
  expect(told.at(-1)).toBe('reload');
  await clock.advance(60_000);
  crash('oom');
  expect(told.filter((what) => what === 'reload')).toHaveLength(2);
  await clock.advance(1000);
  crash('crashed');
  expect(window.isDestroyed()).toBe(true);
  expect(windows.all()).toEqual([]);
  expect(broken).toEqual(['render-process-gone', 'broken']);
});
