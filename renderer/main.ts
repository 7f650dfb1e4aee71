import './styles.css';
import { openBrowserSession } from './host/browser-host.ts';
import { openDesktopSession } from './host/desktop-host.ts';
import './host/window-session.ts';
import { createLiveStore } from './live/live-store.ts';
import { watchOwnCopies } from './live/own-copies.ts';

const session = window.hoist === undefined ? openBrowserSession() : openDesktopSession(window.hoist);
// The engine answers while the browser still reads the screens.
const live = createLiveStore(session);
const { showScreens } = await import('./app.tsx');
const ownCopies = watchOwnCopies(session.host);
await showScreens({
  api: session.api,
  live,
  host: ownCopies.host,
  ownCopies,
  copyByItself: session.host.copyText,
});
