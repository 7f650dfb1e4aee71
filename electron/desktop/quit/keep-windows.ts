/** What closing windows means: the app stays where it can be found again. */
import type { App, BrowserWindow } from 'electron';
import type { Settings } from '#shared/settings.ts';
import { closingOf } from '../tray/tray-host.ts';
import type { Windows } from '../window/windows.ts';

export function keepWindows(parts: {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly windows: Pick<Windows, 'all' | 'onChange'>;
  readonly settings: () => Pick<Settings, 'closeToTray'> | null;
  readonly hasTray: () => boolean;
  /** Tray hosts come and go. */
  readonly look: () => void;
  readonly isQuitting: () => boolean;
}): void {
  const { app, windows, hasTray, isQuitting } = parts;
  const closeToTray = () => parts.settings()?.closeToTray ?? true;
  const met = new WeakSet<BrowserWindow>();
  const meet = () => {
    parts.look();
    for (const window of windows.all()) {
      if (met.has(window) || window.isDestroyed()) continue;
      met.add(window);
      window.on('close', (event) => {
        const isLast = windows.all().every((other) => other === window);
        const closing = closingOf({
          closeToTray: closeToTray(),
          hasTray: hasTray(),
          isLast,
          isQuitting: isQuitting(),
        });
        if (closing === 'close') return;
        event.preventDefault();
        window.minimize();
      });
    }
  };
  meet();
  windows.onChange(meet);
  app.on('window-all-closed', () => {
    if (!isQuitting() && !closeToTray()) app.quit();
  });
}
