/**
 * The events that the stand-in emits, listened to as Electron declares them: a name or an argument that Electron has not
 * (any more) does not compile. Never called.
 */
import type {
  App,
  BrowserWindow,
  NativeTheme,
  Notification,
  PowerMonitor,
  Tray,
  WebContents,
} from 'electron';

export function listenToAll(parts: {
  readonly app: App;
  readonly contents: WebContents;
  readonly window: BrowserWindow;
  readonly tray: Tray;
  readonly notification: Notification;
  readonly power: PowerMonitor;
  readonly theme: NativeTheme;
}): void {
  const { app, contents, window, tray, notification, power, theme } = parts;
  const none = () => {};
  app
    .on('will-finish-launching', none)
    .on('ready', none)
    .on('activate', (_event, hasWindows: boolean) => void hasWindows);
  app.on('before-quit', (event) => event.preventDefault()).on('will-quit', (event) => event.preventDefault());
  app.on('quit', (_event, exitCode: number) => void exitCode).on('window-all-closed', none);
  app.on(
    'second-instance',
    (_event, argv: string[], directory: string, data: unknown) => void [argv, directory, data],
  );
  app.on('open-file', (event, path: string) => void [event.preventDefault(), path]);
  app.on('web-contents-created', (_event, made: WebContents) => void made);
  app.on('browser-window-created', (_event, made: BrowserWindow) => void made);
  app.on('browser-window-focus', none).on('browser-window-blur', none);
  app.on(
    'render-process-gone',
    (_event, from: WebContents, { reason, exitCode }) => void [from, reason, exitCode],
  );

  contents.on('will-navigate', (event, url: string) => void [event.preventDefault(), event.url, url]);
  contents.on('will-frame-navigate', (event) => void [event.preventDefault(), event.url, event.isMainFrame]);
  contents.on('will-redirect', (event) => void [event.preventDefault(), event.url, event.isMainFrame]);
  contents.on(
    'will-attach-webview',
    (event, _preferences, params) => void [event.preventDefault(), params.src],
  );
  contents.on(
    'did-start-navigation',
    ({ url, isSameDocument, isMainFrame }) => void [url, isSameDocument, isMainFrame],
  );
  contents.on('did-navigate', (_event, url: string, code: number, text: string) => void [url, code, text]);
  contents.on('did-navigate-in-page', (_event, url: string, isMainFrame: boolean) => void [url, isMainFrame]);
  contents.on('did-start-loading', none).on('did-stop-loading', none).on('dom-ready', none);
  contents
    .on('did-frame-finish-load', (_event, isMainFrame: boolean) => void isMainFrame)
    .on('did-finish-load', none);
  contents.on('did-fail-load', (_event, code: number, text: string, url: string) => void [code, text, url]);
  contents.on('render-process-gone', (_event, { reason, exitCode }) => void [reason, exitCode]);
  contents.on('page-title-updated', (_event, title: string, isExplicit: boolean) => void [title, isExplicit]);
  contents.on('destroyed', none);

  window
    .on('close', (event) => event.preventDefault())
    .on('closed', none)
    .on('ready-to-show', none);
  window.on('show', none).on('hide', none).on('focus', none).on('blur', none);
  window.on('minimize', none).on('restore', none).on('maximize', none).on('unmaximize', none);
  window.on('enter-full-screen', none).on('leave-full-screen', none);
  window.on('move', none).on('moved', none).on('resize', none).on('resized', none);
  window.on('page-title-updated', (event, title: string) => void [event.preventDefault(), title]);

  tray
    .on('click', none)
    .on('drop', none)
    .on('drop-files', (_event, files: string[]) => void files);
  notification.on('show', none).on('click', none).on('close', none);
  notification.on('action', ({ actionIndex }) => void actionIndex);
  power.on('suspend', none).on('resume', none).on('lock-screen', none).on('unlock-screen', none);
  power.on('shutdown', none).on('on-ac', none).on('on-battery', none);
  theme.on('updated', none);
}
