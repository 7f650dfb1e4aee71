import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { keepWindows } from '../../../electron/desktop/quit/keep-windows.ts';
import { type FakeWindow, fakeWindows } from '../support.ts';

function world(facts: { closeToTray?: boolean; hasTray?: boolean; isQuitting?: boolean; windows?: number }) {
  const quits: string[] = [];
  const app = Object.assign(new EventEmitter(), { quit: () => quits.push('quit') });
  const windows = fakeWindows(facts.windows ?? 1);
  keepWindows({
    app: app as never,
    windows,
    settings: () => ({ closeToTray: facts.closeToTray ?? true }),
    hasTray: () => facts.hasTray ?? true,
    look: () => {},
    isQuitting: () => facts.isQuitting ?? false,
  });
  const close = (window: FakeWindow | undefined) => {
    let isPrevented = false;
    window?.emit('close', {
      preventDefault: () => {
        isPrevented = true;
      },
    });
    return isPrevented ? 'stays' : 'goes';
  };
  return { app, windows, quits, close };
}

test('the last window goes where a tray brings it back, and the app stays', () => {
  const { app, windows, close, quits } = world({});
  expect(close(windows.open[0])).toBe('goes');
  app.emit('window-all-closed');
  expect(quits).toEqual([]);
});

test('the last window is minimized where there is no tray; others go', () => {
  const { windows, close } = world({ hasTray: false, windows: 2 });
  expect(close(windows.open[1])).toBe('goes');
  windows.open.pop();
  windows.change();
  expect(close(windows.open[0])).toBe('stays');
  expect(windows.open[0]?.done).toEqual(['minimize']);
});

test('who does not want it in the tray quits with the last window', () => {
  const { app, windows, close, quits } = world({ closeToTray: false, hasTray: false });
  expect(close(windows.open[0])).toBe('goes');
  app.emit('window-all-closed');
  expect(quits).toEqual(['quit']);
});

test('nothing holds a window at the end', () => {
  const { app, windows, close, quits } = world({ hasTray: false, isQuitting: true, closeToTray: false });
  expect(close(windows.open[0])).toBe('goes');
  app.emit('window-all-closed');
  expect(quits).toEqual([]);
});
