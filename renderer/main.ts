import './styles.css';
import { openBrowserSession } from './host/browser-host.ts';
import { openDesktopSession } from './host/desktop-host.ts';
import './host/window-session.ts';
import { createLiveStore } from './live/live-store.ts';

const session = window.hoist === undefined ? openBrowserSession() : openDesktopSession(window.hoist);
// The engine answers while the browser still reads the screens.
const live = createLiveStore(session);
const { showScreens } = await import('./app.tsx');
await showScreens({ ...session, live });
