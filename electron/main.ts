/** The desktop app: takes Electron's parts, builds ours, and wires them. Nothing is decided here. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
} from 'electron';
import { openEngine } from '#engine';
import { openInbox } from '#inbox';
import { connectEngine, dataDirectory, type KeptEngine, keepEngine } from '#ipc';
import { systemClock as clock } from '#ports/clock.ts';
import type { Host } from '#ports/host.ts';
import { rendererDirectory, screenFiles } from '#screens';
import { createThumbnails } from '#thumbnails';
import packageJson from '../package.json' with { type: 'json' };
import {
  answerAppRequest,
  claimInstance,
  describeBootFailure,
  type LaunchArguments,
  lockDown,
  openConfigStore,
  openStateStore,
  openWindowRoom,
  readArguments,
  scheme,
  setPaths,
  type Windows,
  windowDirectory,
} from './desktop/index.ts';

const { platform, env } = process;
const isDebugging = (env.HOIST_DEBUG ?? '') !== '';
const onBug = (what: string, error: unknown) => {
  if (isDebugging) process.stderr.write(`${what}: ${String(error)}\n`);
};

const args = process.argv.slice(process.defaultApp === true ? 2 : 1);
const launch = readArguments(args, process.cwd());
const dataDir = dataDirectory(launch.dataDir, { env, platform, homeDir: homedir(), cwd: process.cwd() });

/** What came before there was a window: files of the system, and what other instances handed over. */
let early: LaunchArguments[] = [launch];
let arrive = (later: LaunchArguments) => void early.push(later);

prepare();

/** Whatever has to be done before the app is ready. */
function prepare(): void {
  app.setName('Hoist');
  try {
    setPaths(app, dataDir);
  } catch (error) {
    fail(error);
    return;
  }
  if (!claimInstance(app, args, process.cwd(), (later) => arrive(later))) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    arrive({ dataDir: undefined, isHidden: false, paths: [path] });
  });
  // Awaited here, the app would never be ready: that waits for this file to be through.
  app.whenReady().then(boot).catch(fail);
}

async function boot(): Promise<void> {
  lockDown(app, session.defaultSession, (what) => onBug('denied', what));
  const thumbnails = createThumbnails({ dataDir, clock });
  const files = screenFiles(rendererDirectory());
  const engine = await keepEngine({ connect, clock, onTrouble: (error) => onBug('engine', error) });
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
    createWindow: (options) => new BrowserWindow(options),
    screen,
    prefersDark: () => nativeTheme.shouldUseDarkColors,
    dialog,
    shell,
    clipboard,
    onBug,
  });
  const { windows } = room;
  arrive = ({ isHidden, paths }) => {
    if (!isHidden) windows.show();
    windows.give(paths).catch((error: unknown) => onBug('give', error));
  };
  startCitizen(engine, windows, async () => {
    await room.close();
    await stopTidying();
    await engine.close();
    await thumbnails.close();
  });
  for (const one of early) arrive(one);
  early = [];
}

function connect() {
  const host: Host = { name: 'desktop', keyWrap: null, trash: (path) => shell.trashItem(path) };
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

/** What makes the app a citizen of its desktop: how it stays, is called up, and ends. */
function startCitizen(engine: KeptEngine, windows: Windows, closeAll: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('window-all-closed', () => {
    engine.api.snapshot().then(
      ({ settings }) => {
        if (!settings.closeToTray) app.quit();
      },
      () => app.quit(),
    );
  });
  app.on('activate', () => windows.show());
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    closeAll()
      .catch((error: unknown) => onBug('quit', error))
      .then(() => {
        state = 'closed';
        app.quit();
      });
  });
  void engine.asked.then(() => app.quit());
}

function fail(error: unknown): void {
  onBug('boot', error instanceof Error ? error.stack : error);
  const { title, text } = describeBootFailure(error, dataDir);
  dialog.showErrorBox(title, text);
  app.exit(1);
}
