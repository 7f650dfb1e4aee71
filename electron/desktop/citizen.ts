/** What makes the app a citizen of its desktop: tray, menus, notifications, progress, sleep, updates, and its end. */
import type { execFile } from 'node:child_process';
import type { App, Clipboard, Dialog, Shell } from 'electron';
import type { KeptEngine } from '#ipc';
import type { Clock } from '#ports/clock.ts';
import { isConnectionLost } from '#shared/api-client.ts';
import { ContractError } from '#shared/ipc.ts';
import { createActions } from './actions.ts';
import { keepLoginItem } from './launch/keep-login-item.ts';
import { type LoginItemParts, loginItem } from './launch/login-item.ts';
import { logEngine } from './log/log-engine.ts';
import type { Log } from './log/log-file.ts';
import { type MenuParts, showMenus } from './menu/show-menus.ts';
import { createNotifier, type NotifierParts } from './notify/notifier.ts';
import { isSomeFocused, places } from './places.ts';
import { type StayAwakeParts, stayAwake } from './power/stay-awake.ts';
import { type ProgressParts, showProgress } from './progress/show-progress.ts';
import { comeBack } from './quit/come-back.ts';
import { keepWindows } from './quit/keep-windows.ts';
import { createQuitting, type QuitParts } from './quit/quitting.ts';
import { followEngine } from './status/follow-engine.ts';
import { isMoving, type Status } from './status/status.ts';
import { followLastLinks } from './tray/last-links.ts';
import { showTray, type TrayIcon, type TrayParts } from './tray/show-tray.ts';
import { watchTrayHost } from './tray/tray-host.ts';
import { keepUpdated, type UpdateParts } from './updates/keep-updated.ts';
import type { UpdateFeed } from './updates/update-feed.ts';
import type { LaunchArguments } from './window/launch-arguments.ts';
import type { Windows } from './window/windows.ts';
import { notifyWords as words } from './words.ts';

export interface CitizenParts {
  readonly app: App;
  readonly Tray: TrayParts['Tray'];
  readonly Menu: MenuParts['Menu'];
  readonly Notification: NotifierParts['Notification'];
  readonly nativeImage: ProgressParts['nativeImage'];
  readonly dialog: Pick<Dialog, 'showOpenDialog'> & QuitParts['dialog'];
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly shell: Pick<Shell, 'openPath'>;
  readonly powerMonitor: QuitParts['powerMonitor'];
  readonly powerSaveBlocker: StayAwakeParts['powerSaveBlocker'];
  readonly execFile: typeof execFile;
  readonly onSignal: QuitParts['onSignal'];

  readonly platform: NodeJS.Platform;
  readonly environment: LoginItemParts['environment'];
  readonly homeDir: string;
  readonly execPath: string;
  /** Holds `tray-idle.png` and its siblings. */
  readonly iconDirectory: string;
  /** As it was given on the command line. */
  readonly dataDir: string | undefined;
  /** Null: there is nothing that updates could come from. */
  readonly updates: {
    readonly feed: UpdateFeed;
    readonly load: () => Promise<UpdateParts['updater']>;
  } | null;

  readonly engine: KeptEngine;
  readonly windows: Windows;
  readonly clock: Clock;
  readonly log: Log;
  /** Everything comes to rest and is on disk. */
  readonly close: () => Promise<void>;
}

export interface Citizen {
  /** Resolves with whether the app can be found without a window: only then may it start without one. */
  readonly hasTray: Promise<boolean>;
  /** Somebody started the app, first or once more, or opened files with it. */
  arrive(launch: LaunchArguments): void;
  /** Ends without a question. */
  end(): Promise<void>;
}

export function startCitizen(parts: CitizenParts): Citizen {
  const { app, engine, windows, clock, log, platform } = parts;
  const { api } = engine;
  const onFailure = (error: unknown) => {
    // While the next engine is sought that is no news.
    if (!isConnectionLost(error) && engine.connection() !== null) log.failed('desktop.failed', error);
  };
  const follower = followEngine({ api, clock, onFailure });
  const trayHost = watchTrayHost({ platform, execFile: parts.execFile, clock });
  const notifier = createNotifier({
    Notification: parts.Notification,
    clock,
    isInFront: () => isSomeFocused(windows),
    lead: (place) => windows.show(place),
    copy: (ids) => actions.copy(ids),
  });
  /** Files from outside: where nothing becomes of them, nobody would see it. */
  const give: Windows['give'] = (paths) =>
    windows.give(paths).catch((error: unknown) => {
      log.failed('give.failed', error);
      const body = error instanceof ContractError ? words.reason(error.failure) : '';
      const title = words.notAdded(paths.length);
      notifier.say({ id: 'hoist.give', title, body, place: places.uploads, links: [] });
    });
  const actions = createActions({
    ...parts,
    windows: { ...windows, give },
    api,
    settings: () => follower.now()?.settings ?? null,
    say: notifier.say,
    onFailure,
    logDirectory: log.directory,
  });
  const tray = tryTray();
  const hasTray = () => tray !== null && trayHost.isThere();
  const menus = showMenus({ ...parts, run: actions.run });
  menus.show({ isPaused: false });
  const progress = showProgress(parts);
  const awake = stayAwake(parts);
  const links = followLastLinks({
    api,
    clock,
    onChange: () => tray?.show(follower.now(), links.now()),
    onFailure,
  });
  // From a source tree there is no app that could be started at login.
  const login = app.isPackaged
    ? keepLoginItem({
        item: loginItem(parts),
        updateSettings: (patch) => api.updateSettings(patch),
        onFailure,
      })
    : null;
  const undo: (() => void)[] = [];
  const quitting = createQuitting({
    ...parts,
    isOwner: () => engine.connection()?.isOwner ?? false,
    active: () => api.activeJobs(),
    hasTray,
    async close() {
      for (const stop of undo.splice(0).reverse()) stop();
      await parts.close();
      log.write('info', 'app.ended');
    },
    onFailure,
  });
  keepWindows({
    app,
    windows,
    settings: () => follower.now()?.settings ?? null,
    hasTray,
    look: trayHost.look,
    isQuitting: quitting.isQuitting,
  });

  /** A system without one, or without its picture, is no reason not to run. */
  function tryTray(): TrayIcon | null {
    try {
      return showTray({ ...parts, run: actions.run, give: actions.give });
    } catch (error) {
      log.failed('tray.failed', error);
      return null;
    }
  }

  function show(status: Status): void {
    tray?.show(status, links.now());
    menus.show({ isPaused: status.settings.isPaused });
    notifier.status(status);
    progress.show(status);
    awake.follow(status);
    login?.follow(status.settings);
    links.follow(status.counts);
  }

  undo.push(
    logEngine(follower, log),
    follower.onStatus(show),
    follower.onRows(notifier.rows),
    engine.onConnection((connection) => {
      if (connection === null) return log.write('info', 'engine.gone');
      log.write('info', 'engine.connected', { isOwner: connection.isOwner });
      follower.reconnected();
    }),
    () => tray?.close(),
    progress.close,
    awake.close,
    notifier.close,
    links.close,
    follower.close,
  );
  void engine.asked.then(() => quitting.end());
  app.on('activate', () => {
    if (!quitting.isQuitting()) windows.show();
  });
  parts.updates?.load().then(
    (updater) => {
      const { feed } = parts.updates ?? {};
      if (feed === undefined) return;
      const isBusy = () => {
        const status = follower.now();
        return status !== null && isMoving(status);
      };
      undo.push(keepUpdated({ ...parts, updater, feed, isMoving: isBusy, end: quitting.end }));
    },
    (error: unknown) => log.failed('update.failed', error),
  );
  return {
    hasTray: trayHost.found.then(hasTray),
    arrive(launch) {
      if (quitting.isQuitting()) {
        const appPath = app.isPackaged ? null : app.getAppPath();
        app.relaunch(comeBack(launch, { ...parts, appPath }));
        return;
      }
      if (!launch.isHidden) windows.show();
      void give(launch.paths);
    },
    end: () => quitting.end(),
  };
}
