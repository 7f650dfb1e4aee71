/** All that stands between the engine and the windows: pages, messages, files, and what each window may. */
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Clipboard,
  Dialog,
  IpcMain,
  Screen,
  Shell,
  WebContents,
} from 'electron';
import type { Inbox } from '#inbox';
import { type ElectronIpc, type KeptEngine, serveElectron } from '#ipc';
import type { Clock } from '#ports/clock.ts';
import { origin } from './addresses.ts';
import { give } from './give.ts';
import { createGivenFiles, type GivenFiles } from './given-files.ts';
import { createHostRequests } from './host-requests.ts';
import { createIncomingFiles, type IncomingFiles } from './incoming-files.ts';
import { createFolderConsent, type FolderConsent } from './named-folders.ts';
import { brokenPage } from './texts.ts';
import { createToldLinks, limitSession, type ToldLinks } from './window-rights.ts';
import type { StateStore } from './window-state.ts';
import { createWindows, type Windows } from './windows.ts';

export interface WindowRoomOptions {
  readonly engine: KeptEngine;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly preload: string;
  readonly state: StateStore;
  readonly ipcMain: Pick<IpcMain, 'on' | 'handle'>;
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly prefersDark: () => boolean;
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showMessageBox'>;
  readonly shell: Pick<Shell, 'openExternal' | 'showItemInFolder'>;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly onBug: (what: string, error: unknown) => void;
}

export interface WindowRoom {
  readonly windows: Windows;
  /** Ends all sessions; the windows stay. */
  close(): Promise<void>;
}

/** What one window was given and told. */
interface Holdings {
  readonly given: GivenFiles;
  readonly incoming: IncomingFiles;
  readonly links: ToldLinks;
  readonly folders: FolderConsent;
}

export function openWindowRoom(options: WindowRoomOptions): WindowRoom {
  const { engine, onBug } = options;
  const { api } = engine;
  const holdings = new WeakMap<WebContents, Holdings>();

  function holdingsOf(contents: WebContents): Holdings {
    const known = holdings.get(contents);
    if (known !== undefined) return known;
    const incoming = createIncomingFiles(options.inbox);
    const given = createGivenFiles();
    const folders = createFolderConsent({ window: () => windowOf(contents), dialog: options.dialog, given });
    const fresh = { given, incoming, links: createToldLinks(), folders };
    holdings.set(contents, fresh);
    // A page that goes, or loads anew, sends no more of what it was sending.
    contents.once('destroyed', incoming.dropAll);
    contents.on('render-process-gone', incoming.dropAll);
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) incoming.dropAll();
    });
    return fresh;
  }

  const open = createWindows({
    create: options.createWindow,
    screen: options.screen,
    prefersDark: options.prefersDark,
    state: options.state,
    preload: options.preload,
    tell: {
      command: (contents, id) => ipc.command(contents, id),
      goTo: (contents, at) => ipc.goTo(contents, at),
    },
    clock: options.clock,
    // Not the error box: that would hold up the engine until somebody has read it.
    onBroken: () => void options.dialog.showMessageBox({ type: 'error', ...brokenPage }),
    onBug,
  });
  const windowOf = (contents: WebContents): BrowserWindow => {
    const window = open.all().find((one) => one.webContents === contents);
    if (window === undefined) throw new Error('This window is gone.');
    return window;
  };
  const ipc: ElectronIpc = serveElectron({
    ipcMain: options.ipcMain,
    engine,
    isOurs: open.isOurs,
    origin,
    hostFor: (contents) =>
      createHostRequests({
        ...holdingsOf(contents),
        window: windowOf(contents),
        api,
        dialog: options.dialog,
        shell: options.shell,
        clipboard: options.clipboard,
      }),
    openSession: (connection, contents) => async (send) =>
      limitSession(await connection.openSession(send), {
        ...holdingsOf(contents),
        watchFolders: async () => (await api.snapshot()).folders.map(({ folder }) => folder),
        isFileOfJob: async (path) => (await api.explainPath(path)).jobIds.length > 0,
      }),
    onBug,
  });
  return {
    windows: {
      ...open,
      async give(paths) {
        // Whoever starts the app with files hands them over before there is an engine.
        await connected(engine);
        return give(paths, {
          api,
          windows: open,
          givenTo: (contents) => holdingsOf(contents).given,
          tell: (contents, given) => ipc.given(contents, given),
        });
      },
    },
    close: () => ipc.close(),
  };
}

function connected({ onConnection }: Pick<KeptEngine, 'onConnection'>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = onConnection((connection) => {
    if (connection !== null) resolve();
  });
  return promise.finally(stop);
}
