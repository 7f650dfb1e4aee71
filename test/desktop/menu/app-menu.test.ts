import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import {
  type AppMenuAction,
  acceleratorOf,
  appMenu,
  dockMenu,
} from '../../../electron/desktop/menu/app-menu.ts';
import { textMenu } from '../../../electron/desktop/menu/text-menu.ts';

const root = fileURLToPath(new URL('../../../renderer', import.meta.url));

/** Every command of the screens as its source says, with its keys. */
function registry(): ReadonlyMap<string, readonly string[]> {
  const commands = new Map<string, readonly string[]>();
  for (const file of globSync('**/*.{ts,tsx}', { cwd: root })) {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    for (const [, id = '', rest = ''] of text.matchAll(/\bid: '([a-z]+\.[\w-]+)',(.*?)\brun\b/gs)) {
      const [, keys = ''] = /keys: \[([^\]]*)\]/.exec(rest) ?? [];
      commands.set(
        id,
        [...keys.matchAll(/'([^']+)'/g)].map(([, each = '']) => each),
      );
    }
  }
  return commands;
}

function itemsOf(menu: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}

/** Every item that does something of ours, with what it does. */
function actions(platform: NodeJS.Platform, isPaused = false) {
  const done: AppMenuAction[] = [];
  const menu = appMenu({ platform, isPaused, isPackaged: true, run: (action) => done.push(action) });
  return itemsOf(menu).flatMap((item) => {
    if (item.click === undefined) return [];
    (item.click as () => void)();
    const action = done.pop();
    return action === undefined ? [] : [{ label: item.label, accelerator: item.accelerator, action }];
  });
}

describe.each<NodeJS.Platform>(['darwin', 'win32', 'linux'])('the menu on %s', (platform) => {
  test('asks for commands that the screens have, with their keys', () => {
    const known = registry();
    expect(known.size).toBeGreaterThan(30);
    const commands = actions(platform).flatMap(({ action, accelerator }) =>
      action.kind === 'command' ? [{ id: action.id, accelerator }] : [],
    );
    expect(commands.length).toBeGreaterThan(10);
    for (const { id, accelerator } of commands) {
      expect(known.has(id), id).toBe(true);
      if (accelerator !== undefined) expect(known.get(id)?.map(acceleratorOf), id).toContain(accelerator);
    }
  });

  test('has the same keys for adding and pausing as the screens', () => {
    const known = registry();
    const of = (label: string) => actions(platform).find((item) => item.label === label)?.accelerator;
    expect(known.get('files.add')?.map(acceleratorOf)).toContain(of('Add Files…'));
    expect(known.get('queue.pause')?.map(acceleratorOf)).toContain(of('Pause Everything'));
  });

  test('gives no key twice', () => {
    const keys = actions(platform).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('offers to resume what is paused', () => {
    expect(actions(platform, true).map(({ action }) => action)).toContainEqual({
      kind: 'pause',
      isPaused: false,
    });
    expect(actions(platform, false).map(({ action }) => action)).toContainEqual({
      kind: 'pause',
      isPaused: true,
    });
  });

  test('has a way out, and no tools for developers in a packaged app', () => {
    const menu = appMenu({ platform, isPaused: false, isPackaged: true, run: () => {} });
    const roles = itemsOf(menu).map(({ role }) => role);
    expect(
      platform === 'darwin'
        ? roles.includes('quit')
        : actions(platform).some(({ action }) => action.kind === 'quit'),
    ).toBe(true);
    expect(roles).not.toContain('toggleDevTools');
    expect(roles).not.toContain('reload');
    expect(roles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll', 'undo', 'help']));
  });
});

test('the dock can add and pause without a window', () => {
  const done: AppMenuAction[] = [];
  for (const item of dockMenu({ isPaused: true, run: (action) => done.push(action) }))
    (item.click as () => void)();
  expect(done).toEqual([{ kind: 'add' }, { kind: 'pause', isPaused: false }, { kind: 'new-window' }]);
});

describe('the menu of text', () => {
  const flags = {
    canCut: true,
    canCopy: true,
    canPaste: false,
    canSelectAll: true,
    canUndo: false,
    canRedo: false,
  };
  test('is for fields', () => {
    const items = textMenu({ isEditable: true, selectionText: '', editFlags: flags });
    expect(items.filter(({ enabled }) => enabled).map(({ role }) => role)).toEqual([
      'cut',
      'copy',
      'selectAll',
    ]);
  });
  test('is a copy for marked text, and nothing elsewhere', () => {
    expect(textMenu({ isEditable: false, selectionText: 'link', editFlags: flags })).toEqual([
      { role: 'copy', enabled: true },
    ]);
    expect(textMenu({ isEditable: false, selectionText: ' ', editFlags: flags })).toEqual([]);
  });
});
