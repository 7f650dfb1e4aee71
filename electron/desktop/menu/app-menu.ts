/** The application's menu, as data. Pure. Its commands and keys are those of the screens' registry. */
import type { MenuItemConstructorOptions } from 'electron';
import { menuWords as words } from '../words.ts';

export type AppMenuAction =
  | { readonly kind: 'command'; readonly id: string }
  | { readonly kind: 'add' }
  | { readonly kind: 'pause'; readonly isPaused: boolean }
  | { readonly kind: 'new-window' }
  | { readonly kind: 'logs' }
  | { readonly kind: 'quit' };

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  readonly isPaused: boolean;
  readonly isPackaged: boolean;
  readonly run: (action: AppMenuAction) => void;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/** The registry writes `Mod+Shift+P`, and a comma as a word; Electron wants `CmdOrCtrl+Shift+P`, and the sign. */
export const acceleratorOf = (keys: string): string => keys.replace('Mod', 'CmdOrCtrl').replace('Comma', ',');

export function appMenu(facts: MenuFacts): Item[] {
  const { platform, run } = facts;
  const isMac = platform === 'darwin';
  const action = (label: string, does: AppMenuAction, keys?: string): Item => ({
    label,
    click: () => run(does),
    ...(keys === undefined ? {} : { accelerator: acceleratorOf(keys) }),
  });
  const command = (label: string, id: string, keys?: string): Item =>
    action(label, { kind: 'command', id }, keys);
  const settings = command(words.settings, 'go.settings', 'Mod+Comma');

  const app: Item = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: Item = {
    label: words.file,
    submenu: [
      action(words.addFiles, { kind: 'add' }, 'Mod+O'),
      command(words.addFolder, 'folder.add', 'Mod+Shift+O'),
      command(words.addDestination, 'destination.add'),
      separator,
      action(words.newWindow, { kind: 'new-window' }, 'Mod+N'),
      { role: 'close', label: words.close },
      ...(isMac ? [] : [separator, settings, separator, action(words.quit, { kind: 'quit' }, 'Mod+Q')]),
    ],
  };
  const edit: Item = {
    label: words.edit,
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      ...(isMac ? [{ role: 'pasteAndMatchStyle' } as const] : []),
      { role: 'delete' },
      separator,
      { role: 'selectAll' },
    ],
  };
  const view: Item = {
    label: words.view,
    submenu: [
      command(words.uploads, 'go.uploads', 'Mod+1'),
      command(words.links, 'go.links', 'Mod+2'),
      command(words.folders, 'go.folders', 'Mod+3'),
      command(words.destinations, 'go.destinations', 'Mod+4'),
      separator,
      command(words.palette, 'window.palette', 'Mod+K'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(facts.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
    ],
  };
  const queue: Item = {
    label: words.queue,
    submenu: [
      // Not by the window's command: that would need a window.
      facts.isPaused
        ? action(words.resume, { kind: 'pause', isPaused: false }, 'Mod+Shift+P')
        : action(words.pause, { kind: 'pause', isPaused: true }, 'Mod+Shift+P'),
      command(words.retry, 'queue.retry', 'Mod+Shift+R'),
      separator,
      command(words.scan, 'folders.scanAll'),
      command(words.explain, 'folders.explain'),
    ],
  };
  const help: Item = {
    role: 'help',
    label: words.help,
    // Its key is a plain sign: shown in the window, and typed there.
    submenu: [command(words.keys, 'window.keys'), separator, action(words.logs, { kind: 'logs' })],
  };
  return isMac
    ? [app, file, edit, view, queue, { role: 'windowMenu' }, help]
    : [file, edit, view, queue, help];
}

/** The menu of the icon in the dock (macOS), which has its own entries for windows and for quitting. */
export const dockMenu = ({ isPaused, run }: Pick<MenuFacts, 'isPaused' | 'run'>): Item[] => [
  { label: words.addFiles, click: () => run({ kind: 'add' }) },
  {
    label: isPaused ? words.resume : words.pause,
    click: () => run({ kind: 'pause', isPaused: !isPaused }),
  },
  { label: words.newWindow, click: () => run({ kind: 'new-window' }) },
];
