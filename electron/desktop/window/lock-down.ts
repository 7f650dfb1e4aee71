/**
 * Takes from every page what it does not need: leading elsewhere, opening windows, permissions, the network. Our page
 * asks for none of it, so whatever does is not ours.
 */
import type { App, Session, WebContents } from 'electron';
import { isOwn, isOwnOrMade } from './addresses.ts';

/** Before the first page is loaded. `onDenied` hears what was refused, in a few words and without addresses. */
export function lockDown(
  app: Pick<App, 'on'>,
  session: Pick<
    Session,
    | 'on'
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
    | 'setSpellCheckerEnabled'
    | 'webRequest'
  >,
  onDenied: (what: string) => void,
): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, onDenied));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
    onDenied('certificate');
  });
  app.on('select-client-certificate', (event) => {
    event.preventDefault();
    onDenied('client-certificate');
  });
  app.on('login', (event) => {
    event.preventDefault();
    onDenied('login');
  });

  session.setPermissionRequestHandler((_contents, permission, callback) => {
    onDenied(`permission ${permission}`);
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const isAllowed = isOwnOrMade(url) || url.startsWith('devtools:');
    if (!isAllowed) onDenied('request');
    callback({ cancel: !isAllowed });
  });
  // The page may save what it made itself (the exported settings); the system asks where.
  session.on('will-download', (event, item) => {
    if (item.getURL().startsWith('blob:') && isOwnOrMade(item.getURL())) return;
    event.preventDefault();
    onDenied('download');
  });
}

function lockContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  onDenied: (what: string) => void,
): void {
  const deny = (what: string) => (event: { preventDefault(): void }) => {
    event.preventDefault();
    onDenied(what);
  };
  // A page that loads itself anew stays; a dropped file or a followed link would be another.
  contents.on('will-navigate', (event) => {
    if (!event.isMainFrame || !isOwn(event.url)) deny('navigation')(event);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwn(event.url)) deny('frame')(event);
  });
  contents.on('will-redirect', deny('redirect'));
  contents.on('will-attach-webview', deny('webview'));
  contents.setWindowOpenHandler(() => {
    onDenied('window');
    return { action: 'deny' };
  });
}
