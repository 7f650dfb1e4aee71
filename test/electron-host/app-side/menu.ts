/** `Menu` and `MenuItem`, which a test reads and clicks. */
import type { Menu, MenuItem, MenuItemConstructorOptions } from 'electron';
import type { ShownItem } from '../messages.ts';
import { app } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import { createEvent } from './event.ts';
import { StrictEmitter, StrictPart } from './strict.ts';

type ItemMembers = Pick<
  MenuItem,
  'checked' | 'enabled' | 'id' | 'label' | 'sublabel' | 'toolTip' | 'visible'
>;

export class StandInMenuItem extends StrictPart implements ItemMembers {
  readonly id: string;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  icon: MenuItemConstructorOptions['icon'];
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly role: MenuItemConstructorOptions['role'];
  readonly accelerator: MenuItemConstructorOptions['accelerator'];
  readonly submenu: StandInMenu | undefined;
  readonly #click: MenuItemConstructorOptions['click'];
  menu: StandInMenu | undefined;

  constructor(options: MenuItemConstructorOptions) {
    super('MenuItem');
    const { submenu } = options;
    this.id = options.id ?? '';
    this.role = options.role;
    this.label = options.label ?? options.role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.icon = options.icon;
    this.accelerator = options.accelerator;
    this.submenu = Array.isArray(submenu)
      ? StandInMenu.buildFromTemplate(submenu)
      : (submenu as StandInMenu | undefined);
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu');
    if (this.type === 'submenu' && this.submenu === undefined) {
      throw new Error('Invalid submenu');
    }
    this.#click = options.click;
  }

  /** As a person's click: a role does what it is called, all else what the app said. */
  click(): void {
    if (!this.enabled || !this.visible) throw new Error(`"${this.label}" cannot be clicked.`);
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') this.menu?.choose(this);
    if (this.role !== undefined) {
      runRole(this.role);
      return;
    }
    const listener = this.#click as ((...args: readonly unknown[]) => void) | undefined;
    listener?.(this, StandInWindow.getFocusedWindow() ?? undefined, createEvent({}));
  }
  show(): ShownItem {
    return {
      label: this.label,
      type: this.type,
      role: this.role ?? null,
      accelerator: this.accelerator ?? null,
      isEnabled: this.enabled,
      isChecked: this.checked,
      submenu: this.submenu?.show() ?? null,
    };
  }
}

/** The roles that change what a test can see. */
function runRole(role: NonNullable<MenuItemConstructorOptions['role']>): unknown {
  const window = StandInWindow.getFocusedWindow();
  switch (role) {
    case 'quit':
      return app.quit();
    case 'close':
      return window?.close();
    case 'minimize':
      return window?.minimize();
    case 'togglefullscreen':
      return window?.setFullScreen(!window.isFullScreen());
    case 'reload':
    case 'forceReload':
      return window?.reload();
    case 'hide':
      return app.hide();
    case 'about':
      return app.showAboutPanel();
    default:
      // Editing, zoom and the system's own entries are Chromium's and the system's.
      return undefined;
  }
}

type MenuMembers = Pick<Menu, 'closePopup'>;

export class StandInMenu extends StrictEmitter implements MenuMembers {
  readonly items: StandInMenuItem[] = [];

  constructor() {
    super('Menu');
  }
  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | StandInMenuItem)[]): StandInMenu {
    const menu = new StandInMenu();
    for (const item of template) {
      menu.append(item instanceof StandInMenuItem ? item : new StandInMenuItem(item));
    }
    return menu;
  }
  static setApplicationMenu(menu: StandInMenu | null): void {
    app.applicationMenu = menu;
  }
  static getApplicationMenu(): StandInMenu | null {
    return app.applicationMenu as StandInMenu | null;
  }
  append(item: StandInMenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(index: number, item: StandInMenuItem): void {
    item.menu = this;
    this.items.splice(index, 0, item);
  }
  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found !== undefined && found !== null) return found;
    }
    return null;
  }
  popup(options: { readonly callback?: () => void } = {}): void {
    shownPopup = { menu: this, closed: () => options.callback?.() };
    this.emit('menu-will-show', createEvent({}));
  }
  closePopup(): void {
    if (shownPopup?.menu !== this) return;
    const { closed } = shownPopup;
    shownPopup = null;
    this.emit('menu-will-close', createEvent({}));
    closed();
  }
  choose(chosen: StandInMenuItem): void {
    const at = this.items.indexOf(chosen);
    const isSeparator = ({ type }: StandInMenuItem) => type === 'separator';
    const start = this.items.findLastIndex((item, index) => index < at && isSeparator(item)) + 1;
    const end = this.items.findIndex((item, index) => index > at && isSeparator(item));
    for (const item of this.items.slice(start, end < 0 ? undefined : end)) item.checked = item === chosen;
  }
  show(): readonly ShownItem[] {
    return this.items.filter(({ visible }) => visible).map((item) => item.show());
  }
  /** The item under these labels, from the top. Throws with what is there. */
  find(labels: readonly string[]): StandInMenuItem {
    const [first, ...rest] = labels;
    const item = this.items.find(({ label, visible }) => visible && label === first);
    if (item === undefined) {
      throw new Error(`There is no "${first}" among: ${this.items.map(({ label }) => label).join(' | ')}`);
    }
    if (rest.length === 0) return item;
    if (item.submenu === undefined) throw new Error(`"${first}" has no submenu.`);
    return item.submenu.find(rest);
  }
}

let shownPopup: { readonly menu: StandInMenu; readonly closed: () => void } | null = null;

export const openPopup = (): StandInMenu | null => shownPopup?.menu ?? null;
