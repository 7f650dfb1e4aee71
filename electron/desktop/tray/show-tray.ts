/** The icon in the tray or menu bar, with its menu. */
import { join } from 'node:path';
import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { Clock } from '#ports/clock.ts';
import type { Status } from '../status/status.ts';
import {
  iconName,
  type LastLink,
  type TrayAction,
  type TrayItem,
  type TrayView,
  trayView,
} from './tray-view.ts';

export interface TrayParts {
  readonly Tray: new (
    image: NativeImage,
  ) => Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>;
  readonly Menu: { buildFromTemplate(template: MenuItemConstructorOptions[]): Menu };
  readonly nativeImage: { createFromPath(path: string): NativeImage };
  readonly platform: NodeJS.Platform;
  /** Holds `tray-idle.png` and its siblings. */
  readonly iconDirectory: string;
  readonly clock: Clock;
  readonly run: (action: TrayAction) => void;
  /** Files that were dropped on the icon (macOS). */
  readonly give: (paths: readonly string[]) => void;
}

export interface TrayIcon {
  show(status: Status | null, links: readonly LastLink[]): void;
  close(): void;
}

/** The speed in the tooltip changes all the time; nobody reads it faster than this. */
const everyMs = 1000;

export function showTray(parts: TrayParts): TrayIcon {
  const imageOf = (mood: TrayView['mood']): NativeImage => {
    const image = parts.nativeImage.createFromPath(join(parts.iconDirectory, iconName(mood, parts.platform)));
    if (parts.platform === 'darwin') image.setTemplateImage(true);
    return image;
  };
  let shown = trayView(null, []);
  let next: TrayView | null = null;
  let cancel: (() => void) | null = null;
  const tray = new parts.Tray(imageOf(shown.mood));
  tray.setToolTip(shown.tooltip);
  tray.setContextMenu(menuOf(shown.items));
  // On macOS a click opens the menu.
  if (parts.platform !== 'darwin') tray.on('click', () => parts.run({ kind: 'open' }));
  tray.on('drop-files', (_event, paths) => parts.give(paths));

  function menuOf(items: readonly TrayItem[]): Menu {
    return parts.Menu.buildFromTemplate(items.map((item) => templateOf(item, parts.run)));
  }

  function apply(view: TrayView): void {
    if (view.mood !== shown.mood) tray.setImage(imageOf(view.mood));
    if (view.tooltip !== shown.tooltip) tray.setToolTip(view.tooltip);
    // A menu that is rebuilt while it is open closes, on some desktops.
    if (JSON.stringify(view.items) !== JSON.stringify(shown.items)) tray.setContextMenu(menuOf(view.items));
    shown = view;
  }

  function rest(): void {
    cancel = parts.clock.setTimer(everyMs, () => {
      cancel = null;
      if (next === null) return;
      apply(next);
      next = null;
      rest();
    });
  }

  return {
    show(status, links) {
      const view = trayView(status, links);
      if (cancel !== null) {
        next = view;
        return;
      }
      apply(view);
      rest();
    },
    close() {
      cancel?.();
      tray.destroy();
    },
  };
}

function templateOf(item: TrayItem, run: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: item.label, enabled: false };
    case 'action':
      return { label: item.label, click: () => run(item.action) };
  }
}
