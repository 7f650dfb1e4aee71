/** Where notifications, the tray and the menus lead to in a window: addresses of the screens. */
import type { Windows } from './window/windows.ts';

export const places = {
  uploads: '#/uploads',
  done: '#/uploads/done',
  needsYou: '#/uploads/needsYou',
  failed: '#/uploads/failed',
  settings: '#/settings',
  destination: (id: string) => `#/destinations/${id}`,
} as const;

export const isSomeFocused = (windows: Pick<Windows, 'all'>): boolean =>
  windows.all().some((window) => !window.isDestroyed() && window.isFocused());
