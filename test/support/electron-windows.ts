/** Windows that exist in memory only: they answer what they are asked, and say what they were told. */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Display, Rectangle, Screen } from 'electron';
import { type FakeContents, fakeContents } from './electron-fakes.ts';

export interface FakeWindow {
  readonly window: BrowserWindow;
  readonly page: FakeContents;
  readonly options: BrowserWindowConstructorOptions;
  /** What it was told, in order: "show", "focus", "load app://…". */
  readonly told: readonly string[];
  isMinimized: boolean;
  isMaximized: boolean;
  bounds: Rectangle;
}

export interface FakeWindows {
  readonly all: readonly FakeWindow[];
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
}

export function fakeWindows(): FakeWindows {
  const all: FakeWindow[] = [];
  return {
    all,
    create(options) {
      const made = fakeWindow(options);
      all.push(made);
      return made.window;
    },
  };
}

function fakeWindow(options: BrowserWindowConstructorOptions): FakeWindow {
  const page = fakeContents();
  const told: string[] = [];
  let isDestroyed = false;
  const tell = (what: string) => () => void told.push(what);
  const close = () => {
    if (isDestroyed) return;
    isDestroyed = true;
    page.destroy();
    window.emit('closed');
  };
  const window = Object.assign(new EventEmitter(), {
    webContents: Object.assign(page.contents, { reload: tell('reload') }),
    isDestroyed: () => isDestroyed,
    isMinimized: () => fake.isMinimized,
    isMaximized: () => fake.isMaximized,
    getNormalBounds: () => fake.bounds,
    maximize: tell('maximize'),
    restore: tell('restore'),
    show: tell('show'),
    focus: tell('focus'),
    close() {
      window.emit('close', {});
      close();
    },
    destroy: close,
    async loadURL(address: string) {
      told.push(`load ${address}`);
    },
  }) as unknown as BrowserWindow;
  const { x = 0, y = 0, width = 0, height = 0 } = options;
  const fake = {
    window,
    page,
    options,
    told,
    isMinimized: false,
    isMaximized: false,
    bounds: { x, y, width, height },
  };
  return fake;
}

export function fakeScreen(workArea: Rectangle): Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'> {
  const display = { id: 1, workArea } as Display;
  return { getAllDisplays: () => [display], getPrimaryDisplay: () => display };
}
