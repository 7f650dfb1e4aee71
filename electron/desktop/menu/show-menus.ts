/** Puts the menus in place: the application's, the dock's, and those of text. */
import type { App, Menu, MenuItemConstructorOptions, WebContents } from 'electron';
import { type AppMenuAction, appMenu, dockMenu } from './app-menu.ts';
import { textMenu } from './text-menu.ts';

export interface MenuParts {
  readonly app: Pick<App, 'on' | 'isPackaged' | 'dock'>;
  readonly Menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
  };
  readonly platform: NodeJS.Platform;
  readonly run: (action: AppMenuAction) => void;
}

export interface Menus {
  show(facts: { readonly isPaused: boolean }): void;
}

export function showMenus(parts: MenuParts): Menus {
  const { app, Menu, platform, run } = parts;
  let shown: boolean | null = null;
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('context-menu', (_menuEvent, params) => {
      const items = textMenu(params);
      if (items.length > 0) Menu.buildFromTemplate(items).popup();
    });
  });
  return {
    show({ isPaused }) {
      if (shown === isPaused) return;
      shown = isPaused;
      const facts = { platform, isPaused, isPackaged: app.isPackaged, run };
      Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(facts)));
      if (platform === 'darwin') app.dock?.setMenu(Menu.buildFromTemplate(dockMenu(facts)));
    },
  };
}
