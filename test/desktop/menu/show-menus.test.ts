import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { showMenus } from '../../../electron/desktop/menu/show-menus.ts';

function world(platform: NodeJS.Platform) {
  const docks: unknown[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    dock: { setMenu: (menu: unknown) => docks.push(menu) },
  });
  const menus: unknown[] = [];
  const popups: string[] = [];
  const menu = showMenus({
    app: app as never,
    Menu: {
      buildFromTemplate: (items: MenuItemConstructorOptions[]) =>
        ({ items, popup: () => popups.push(items.map(({ role }) => role ?? '').join(' ')) }) as never,
      setApplicationMenu: (built) => menus.push(built),
    },
    platform,
    run: () => {},
  });
  return { app, menus, docks, popups, menu };
}

test('the menu is built anew only when it says something else', () => {
  const { menu, menus, docks } = world('darwin');
  for (const isPaused of [false, false, true, true, false]) menu.show({ isPaused });
  expect([menus.length, docks.length]).toEqual([3, 3]);
});

test('only macOS has a dock', () => {
  const { menu, docks } = world('linux');
  menu.show({ isPaused: false });
  expect(docks).toEqual([]);
});

test('a right click on text opens a menu in every page, elsewhere none', () => {
  const { app, popups } = world('linux');
  const contents = new EventEmitter();
  app.emit('web-contents-created', {}, contents);
  const editFlags = { canCopy: true };
  contents.emit('context-menu', {}, { isEditable: false, selectionText: 'x', editFlags });
  contents.emit('context-menu', {}, { isEditable: false, selectionText: '', editFlags });
  expect(popups).toEqual(['copy']);
});
