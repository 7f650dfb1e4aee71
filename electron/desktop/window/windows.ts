/** The windows of the app: opened, shown, remembered, led to a page. */
import type { BrowserWindow, BrowserWindowConstructorOptions, Screen, WebContents } from 'electron';
import type { Clock } from '#ports/clock.ts';
import { pageAddress } from './addresses.ts';
import { keepPage } from './keep-page.ts';
import { webPreferences } from './web-preferences.ts';
import { besides, fitBounds, readState, type StateStore, smallestSize } from './window-state.ts';

export interface Windows {
  /** Shows and focuses the last used window, or opens one; `at` leads it to a page (e.g. '#/settings'). */
  show(at?: string): void;
  openNew(): void;
  all(): readonly BrowserWindow[];
  /** Sent to the window in front (opened where there is none): what the menu or tray was asked for, by the renderer's command id. */
  command(id: string): void;
  /** Files from argv, "open with", dock, tray: asked about/added as if dropped on the window. */
  give(paths: readonly string[]): Promise<void>;
  /** Opened, closed, focused, blurred, hidden. Returns its undo. */
  onChange(listener: () => void): () => void;
  closeAll(): void;
}

/** What a page is told, once it listens. */
export interface TellPage {
  command(contents: WebContents, id: string): void;
  goTo(contents: WebContents, at: string): void;
}

export interface WindowsOptions {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly prefersDark: () => boolean;
  readonly state: StateStore;
  readonly preload: string;
  readonly tell: TellPage;
  readonly clock: Clock;
  /** A window was closed because its page does not live: somebody is to be told. */
  readonly onBroken: () => void;
  readonly onBug: (what: string, error: unknown) => void;
}

export interface OpenWindows extends Omit<Windows, 'give'> {
  isOurs(contents: WebContents): boolean;
  /** The window in front; opened where there is none. */
  front(): BrowserWindow;
}

/** The page's own background in both themes, so that nothing flashes before it is there (renderer/styles.css). */
const canvas = { light: '#f6f7f9', dark: '#0f1116' } as const;
/** A window that is moved tells many times a second; the file is written once. */
const saveDelayMs = 500;

export function createWindows(options: WindowsOptions): OpenWindows {
  const { screen, state, tell, clock } = options;
  /** The one that was used last comes last. */
  let open: BrowserWindow[] = [];
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };

  function place(): Partial<BrowserWindowConstructorOptions> {
    const primary = screen.getPrimaryDisplay();
    const areas = [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)].map(
      ({ workArea }) => workArea,
    );
    const kept = readState(state.store);
    const last = open.at(-1);
    return fitBounds(last === undefined ? kept : { ...kept, bounds: besides(last.getNormalBounds()) }, areas);
  }

  function add(at?: string): BrowserWindow {
    const isFirst = open.length === 0;
    const window = options.create({
      ...place(),
      minWidth: smallestSize.width,
      minHeight: smallestSize.height,
      show: false,
      title: 'Hoist',
      backgroundColor: options.prefersDark() ? canvas.dark : canvas.light,
      webPreferences: webPreferences(options.preload),
    });
    open.push(window);
    if (isFirst && readState(state.store).isMaximized) window.maximize();
    follow(window);
    window.once('ready-to-show', () => {
      window.show();
      changed();
    });
    window.loadURL(pageAddress(at)).catch((error: unknown) => {
      if (!window.isDestroyed()) options.onBug('load', error);
    });
    changed();
    return window;
  }

  function follow(window: BrowserWindow): void {
    const cancelled = { save: () => {} };
    const save = () => {
      cancelled.save();
      if (window.isDestroyed() || window.isMinimized()) return;
      try {
        state.store = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
      } catch (error) {
        // Where the window was is not worth more than that.
        options.onBug('window-state', error);
      }
    };
    const saveSoon = () => {
      cancelled.save();
      cancelled.save = clock.setTimer(saveDelayMs, save);
    };
    window.on('resize', saveSoon);
    window.on('move', saveSoon);
    window.on('maximize', saveSoon);
    window.on('unmaximize', saveSoon);
    window.on('close', save);
    window.on('focus', () => {
      open = [...open.filter((one) => one !== window), window];
      changed();
    });
    window.on('blur', changed);
    window.on('show', changed);
    window.on('hide', changed);
    window.on('minimize', changed);
    window.on('restore', changed);
    window.on('closed', () => {
      cancelled.save();
      open = open.filter((one) => one !== window);
      changed();
    });
    keepPage(window, clock, (reason) => {
      options.onBug('render-process-gone', reason);
      window.destroy();
      options.onBroken();
    });
  }

  function bringUp(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  const front = () => open.at(-1) ?? add();
  return {
    front,
    show(at) {
      const window = open.at(-1);
      if (window === undefined) return void add(at);
      bringUp(window);
      if (at !== undefined) tell.goTo(window.webContents, at);
    },
    openNew: () => void add(),
    all: () => open,
    command(id) {
      const window = front();
      bringUp(window);
      tell.command(window.webContents, id);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    closeAll() {
      for (const window of [...open]) window.close();
    },
    isOurs: (contents) => open.some((window) => !window.isDestroyed() && window.webContents === contents),
  };
}
