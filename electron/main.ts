/** The desktop app: takes Electron's parts, builds ours, and wires them. Nothing is decided here. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import { openEngine } from '#engine';
import { openInbox } from '#inbox';
import { connectEngine, dataDirectory, startEngine } from '#ipc';
import { systemClock as clock } from '#ports/clock.ts';
import type { Host } from '#ports/host.ts';
import { rendererDirectory, screenFiles } from '#screens';
import { appId } from '#shared/app-id.ts';
import { createThumbnails } from '#thumbnails';
import packageJson from '../package.json' with { type: 'json' };
import {
  answerAppRequest,
  claimInstance,
  closeInTime,
  describeBootFailure,
  findUpdateFeed,
  type LaunchArguments,
  type Log,
  lockDown,
  openConfigStore,
  openDesktopHost,
  openLog,
  openStateStore,
  openWindowRoom,
  readArguments,
  scheme,
  setPaths,
  startCitizen,
  waitForEngine,
  wasStartedAtLogin,
  watchCrashes,
  windowDirectory,
} from './desktop/index.ts';

const { platform, env } = process;
const iconDirectory = join(import.meta.dirname, 'icons');
const isDebugging = (env.HOIST_DEBUG ?? '') !== '';
let log: Log | null = null;
const onBug = (what: string, error: unknown) => {
  log?.failed(what, error);
  const said = error instanceof Error ? error.stack : error;
  if (isDebugging) process.stderr.write(`${what}: ${said}\n`);
};

const args = process.argv.slice(process.defaultApp === true ? 2 : 1);
const launch = readArguments(args, process.cwd());
const dataDir = dataDirectory(launch.dataDir, { env, platform, homeDir: homedir(), cwd: process.cwd() });

/** What came before there was a window: files of the system, and what other instances handed over. */
let early: LaunchArguments[] = [launch];
let arrive: (later: LaunchArguments) => void = (later) => void early.push(later);
/** Ends what is open by now, the newest first. */
const closers: (() => Promise<void>)[] = [];
const closeAll = async () => {
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => onBug('close', error));
  }
};

prepare();

/** Whatever has to be done before the app is ready. */
function prepare(): void {
  app.setName('Hoist');
  if (platform === 'win32') app.setAppUserModelId(appId);
  try {
    setPaths(app, dataDir);
  } catch (error) {
    void fail(error);
    return;
  }
  if (!claimInstance(app, args, process.cwd(), (later) => arrive(later))) {
    app.quit();
    return;
  }
  log = openLog({ directory: join(dataDir, 'logs'), now: clock.now });
  log.write('info', 'app.started', { version: packageJson.version, platform, pid: process.pid });
  watchCrashes({ app, dialog, process, clock, log, close: closeAll });
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    arrive({ dataDir: undefined, isHidden: false, paths: [path] });
  });
  // Awaited here, the app would never be ready: that waits for this file to be through.
  const opened = log;
  app
    .whenReady()
    .then(() => boot(opened))
    .catch(fail);
}

async function boot(log: Log): Promise<void> {
  lockDown(app, session.defaultSession, (what) => log.write('warning', 'window.denied', { what }));
  const thumbnails = createThumbnails({ dataDir, clock });
  const files = screenFiles(rendererDirectory());
  const host = openDesktopHost({ safeStorage, shell, powerMonitor, net, platform, clock, log });
  const { engine, opened } = startEngine({
    connect: async () => connect(await host),
    clock,
    onTrouble: (error) => onBug('engine', error),
  });
  closers.push(() => thumbnails.close(), engine.close);
  const { api } = engine;
  protocol.handle(scheme, (request) =>
    answerAppRequest(request, { files, api, thumbnail: thumbnails.get, onBug }),
  );
  const inbox = await openInbox({ dataDir, platform, clock });
  const stopTidying = inbox.keepTidy(engine, { thumbnail: thumbnails.get, onBug });
  const room = openWindowRoom({
    engine,
    inbox,
    clock,
    preload: join(import.meta.dirname, 'preload.cjs'),
    state: openStateStore(ipcMain, windowDirectory(dataDir)),
    ipcMain,
    // macOS and Windows take the app's own.
    createWindow: (options) =>
      new BrowserWindow(
        platform === 'linux' ? { ...options, icon: join(iconDirectory, 'window.png') } : options,
      ),
    screen,
    prefersDark: () => nativeTheme.shouldUseDarkColors,
    dialog,
    shell,
    clipboard,
    onBug,
  });
  const { windows } = room;
  closers.push(stopTidying, room.close);
  const feed = findUpdateFeed({
    isPackaged: app.isPackaged,
    resourcesPath: process.resourcesPath,
    environment: env,
    exists: existsSync,
  });
  const citizen = startCitizen({
    app,
    Tray,
    Menu,
    Notification,
    nativeImage,
    dialog,
    clipboard,
    shell,
    powerMonitor,
    powerSaveBlocker,
    execFile,
    onSignal,
    platform,
    environment: env,
    homeDir: homedir(),
    execPath: process.execPath,
    iconDirectory,
    dataDir: launch.dataDir === undefined ? undefined : dataDir,
    updates: feed === null ? null : { feed, load: loadUpdater },
    engine,
    windows,
    clock,
    log,
    close: closeAll,
  });
  arrive = citizen.arrive;
  if (launch.isHidden || wasStartedAtLogin(app, platform)) {
    // Who cannot see a tray would never find it.
    early = early.map((one) => (one === launch ? { ...one, isHidden: true } : one));
    void citizen.hasTray.then((has) => has || windows.show());
  }
  await waitForEngine(clock, opened);
  opened.catch(fail);
  for (const one of early) arrive(one);
  early = [];
}

/** Loaded only where there is a feed: it brings much with it. */
const loadUpdater = async () => (await import('electron-updater')).default.autoUpdater;

/** A polite end from outside. */
function onSignal(listener: () => void): () => void {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}

function connect(host: Host) {
  return connectEngine({
    dataDir,
    clock,
    open: () =>
      openEngine({
        dataDir,
        host,
        version: packageJson.version,
        clock,
        random: Math.random,
        environment: env,
        openConfigStore: openConfigStore(ipcMain),
      }),
    onBug,
  });
}

async function fail(error: unknown): Promise<void> {
  onBug('boot', error);
  const { title, text } = describeBootFailure(error, dataDir);
  await closeInTime(clock, closeAll());
  dialog.showErrorBox(title, text);
  app.exit(1);
}
