/** `shell`, `clipboard`, `net`, `nativeTheme`, `powerMonitor`, `powerSaveBlocker`, `autoUpdater`: the system around the app. */

import { mkdirSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  AutoUpdater,
  Clipboard,
  NativeTheme,
  Net,
  PowerMonitor,
  PowerSaveBlocker,
  Shell,
} from 'electron';
import type { Sight } from '../messages.ts';
import { app } from './app.ts';
import { StrictEmitter, strict } from './strict.ts';
import { harness, story } from './surroundings.ts';

const openedAddresses: string[] = [];
const shownInFolder: string[] = [];
const openedPaths: string[] = [];

export const shell = strict('shell', {
  async openExternal(url) {
    // As Electron does: an address that is none is refused.
    openedAddresses.push(new URL(url).href);
  },
  async openPath(path) {
    openedPaths.push(path);
    return '';
  },
  showItemInFolder(path) {
    shownInFolder.push(path);
  },
  async trashItem(path) {
    const trash = join(app.getPath('home'), '.local/share/Trash/files');
    mkdirSync(trash, { recursive: true });
    renameSync(path, join(trash, basename(path)));
  },
  beep: () => {},
} satisfies Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'trashItem' | 'beep'>);

let clipboardText = '';

/** The W3C shape: everything but `clear` is a promise. */
export const clipboard = strict('clipboard', {
  async writeText(text) {
    clipboardText = text;
  },
  readText: async () => clipboardText,
  has: async (type) => type === 'text/plain' && clipboardText !== '',
  clear() {
    clipboardText = '';
  },
} satisfies Pick<Clipboard, 'writeText' | 'readText' | 'has' | 'clear'>);

let isOnline = true;

export const net = strict('net', {
  isOnline: () => isOnline,
  get online() {
    return isOnline;
  },
  /** Node's own, which knows no `file:`. */
  async fetch(input, init) {
    const url = typeof input === 'string' ? input : input.url;
    if (url.startsWith('file:')) return new Response(new Uint8Array(await readFile(fileURLToPath(url))));
    return await fetch(url, init);
  },
} satisfies Pick<Net, 'isOnline' | 'online' | 'fetch'>);

class StandInTheme
  extends StrictEmitter
  implements
    Pick<
      NativeTheme,
      'shouldUseDarkColors' | 'themeSource' | 'shouldUseHighContrastColors' | 'prefersReducedTransparency'
    >
{
  readonly shouldUseHighContrastColors = false;
  readonly prefersReducedTransparency = false;
  #isSystemDark = false;
  #source: NativeTheme['themeSource'] = 'system';

  constructor() {
    super('nativeTheme');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#isSystemDark : this.#source === 'dark';
  }
  get themeSource(): NativeTheme['themeSource'] {
    return this.#source;
  }
  set themeSource(source: NativeTheme['themeSource']) {
    this.#change(() => {
      this.#source = source;
    });
  }
  setSystem(isDark: boolean): void {
    this.#change(() => {
      this.#isSystemDark = isDark;
    });
  }
  #change(make: () => void): void {
    const before = this.shouldUseDarkColors;
    make();
    if (before === this.shouldUseDarkColors) return;
    void harness.setColorScheme(this.shouldUseDarkColors ? 'dark' : 'light').catch(() => {});
    this.emit('updated');
  }
}

export const nativeTheme = new StandInTheme();

class StandInPowerMonitor
  extends StrictEmitter
  implements
    Pick<
      PowerMonitor,
      | 'getCurrentThermalState'
      | 'getSystemIdleState'
      | 'getSystemIdleTime'
      | 'isOnBatteryPower'
      | 'onBatteryPower'
    >
{
  onBatteryPower = false;

  constructor() {
    super('powerMonitor');
  }
  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
  getSystemIdleState(): 'active' {
    return 'active';
  }
  getSystemIdleTime(): number {
    return 0;
  }
  getCurrentThermalState(): 'nominal' {
    return 'nominal';
  }
}

export const powerMonitor = new StandInPowerMonitor();

const blockers = new Map<number, string>();
let lastBlocker = 0;

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type) {
    blockers.set(++lastBlocker, type);
    return lastBlocker;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Pick<PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>);

class StandInUpdater
  extends StrictEmitter
  implements Pick<AutoUpdater, 'checkForUpdates' | 'getFeedURL' | 'quitAndInstall' | 'setFeedURL'>
{
  #feed = '';

  constructor() {
    super('autoUpdater');
  }
  setFeedURL({ url }: { readonly url: string }): void {
    this.#feed = url;
  }
  getFeedURL(): string {
    return this.#feed;
  }
  checkForUpdates(): void {
    story.push('update-check');
  }
  quitAndInstall(): void {
    this.emit('before-quit-for-update');
    app.quit();
  }
}

export const autoUpdater = new StandInUpdater();

export const crashReporter = strict('crashReporter', { start: () => story.push('crash-reporter') });

export function setOnline(next: boolean): void {
  isOnline = next;
}

export const lookAtSystem = (): Pick<
  Sight,
  'openedAddresses' | 'shownInFolder' | 'openedPaths' | 'clipboard' | 'powerBlockers'
> => ({
  openedAddresses,
  shownInFolder,
  openedPaths,
  clipboard: clipboardText,
  powerBlockers: [...blockers.values()],
});
