import './styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openBrowserSession } from './host/browser-host.ts';
import { openDesktopSession } from './host/desktop-host.ts';
import './host/window-session.ts';
import { createWindowContext } from './live/window-context.tsx';
import { followAddress } from './shell/navigation.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the screens.');
followAddress();
const session = window.hoist === undefined ? openBrowserSession() : openDesktopSession(window.hoist);
createRoot(root).render(<App context={createWindowContext(session)} />);
