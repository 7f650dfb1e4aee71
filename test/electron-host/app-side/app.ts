/** `app`: the life of the process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, LoginItemSettings, Settings } from 'electron';
import { createEvent, emitPreventable } from './event.ts';
import { createPaths, type PathName } from './paths.ts';
import { type InstanceLock, takeLock } from './single-instance.ts';
import { StrictEmitter, strict } from './strict.ts';
import { machine, story } from './surroundings.ts';

/** What quitting has to close. */
export interface ClosableWindow {
  /** Answers false where a listener prevented it. */
  closeForQuit(): boolean;
  destroy(): void;
}

type AppMembers = Pick<
  App,
  | 'addRecentDocument'
  | 'badgeCount'
  | 'clearRecentDocuments'
  | 'disableHardwareAcceleration'
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getBadgeCount'
  | 'getLocale'
  | 'getLoginItemSettings'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getSystemLocale'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'hide'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'relaunch'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppLogsPath'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setLoginItemSettings'
  | 'setName'
  | 'setPath'
  | 'show'
  | 'showAboutPanel'
  | 'whenReady'
>;

const manifest = JSON.parse(readFileSync(join(machine.appPath, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly productName?: string;
  readonly version: string;
};

class StandInApp extends StrictEmitter implements AppMembers {
  name = manifest.productName ?? manifest.name;
  readonly isPackaged = machine.isPackaged;
  /** Linux and Windows have none. */
  readonly dock = undefined;
  /** The menu of the application; `Menu.setApplicationMenu` is the other way to it. */
  applicationMenu: unknown = null;
  readonly commandLine = createCommandLine();
  isSandboxed = false;
  windows: () => readonly ClosableWindow[] = () => [];

  readonly #paths = createPaths(() => this.name);
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isQuitting = false;
  #lock: InstanceLock | null = null;
  #badgeCount = 0;
  #loginSettings: Settings = {};

  constructor() {
    super('app');
  }

  isReady(): boolean {
    return this.#isReady;
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  /** The entry has been evaluated to its end, its top-level awaits included: only then does Electron become ready. */
  becomeReady(): void {
    if (this.#isQuitting) return;
    this.tell('will-finish-launching');
    this.#isReady = true;
    this.tell('ready', createEvent({}), {});
    this.#ready.resolve();
  }
  tell(name: string, ...args: readonly unknown[]): void {
    story.push(name);
    this.emit(name, ...args);
  }

  /** before-quit, then each window's close, then will-quit, then quit; each of the first three may stop it. */
  quit(): void {
    if (this.#isQuitting) return;
    story.push('before-quit');
    if (emitPreventable(this, 'before-quit', {})) return;
    this.#isQuitting = true;
    for (const window of this.windows()) {
      if (window.closeForQuit()) continue;
      this.#isQuitting = false;
      return;
    }
    this.#endAfterWindows();
  }
  exit(exitCode = 0): void {
    this.#isQuitting = true;
    for (const window of this.windows()) window.destroy();
    this.#end(exitCode);
  }
  /** The last window is gone. */
  afterLastWindow(): void {
    if (this.#isQuitting) return;
    story.push('window-all-closed');
    if (!this.emit('window-all-closed')) this.quit();
  }
  #endAfterWindows(): void {
    story.push('will-quit');
    if (emitPreventable(this, 'will-quit', {})) {
      this.#isQuitting = false;
      return;
    }
    this.#end(0);
  }
  #end(exitCode: number): void {
    this.tell('quit', createEvent({}), exitCode);
    process.exit(exitCode);
  }
  relaunch(): void {
    story.push('relaunch');
  }

  getAppPath(): string {
    return machine.appPath;
  }
  getPath(name: PathName): string {
    return this.#paths.get(name);
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.#paths.set('logs', path);
  }
  getVersion(): string {
    return manifest.version;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getLocale(): string {
    return 'en-GB';
  }
  getSystemLocale(): string {
    return 'en-GB';
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-GB'];
  }

  requestSingleInstanceLock(additionalData: Record<PropertyKey, unknown> = {}): boolean {
    if (this.#lock !== null) return true;
    const letter = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    this.#lock = takeLock(
      this.getPath('userData'),
      letter,
      (from) =>
        // Not before the first one is ready, as in Electron.
        void this.whenReady().then(() =>
          this.tell(
            'second-instance',
            createEvent({}),
            from.argv,
            from.workingDirectory,
            from.additionalData,
          ),
        ),
    );
    return this.#lock !== null;
  }
  hasSingleInstanceLock(): boolean {
    return this.#lock !== null;
  }
  releaseSingleInstanceLock(): void {
    this.#lock?.release();
    this.#lock = null;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxed = true;
  }
  disableHardwareAcceleration(): void {
    if (this.#isReady)
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
  }
  get badgeCount(): number {
    return this.#badgeCount;
  }
  set badgeCount(count: number) {
    this.#badgeCount = count;
  }
  setBadgeCount(count = 0): boolean {
    this.#badgeCount = count;
    return true;
  }
  getBadgeCount(): number {
    return this.#badgeCount;
  }
  setLoginItemSettings(settings: Settings): void {
    this.#loginSettings = settings;
  }
  getLoginItemSettings(): LoginItemSettings {
    const openAtLogin = this.#loginSettings.openAtLogin ?? false;
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    };
  }

  // What only changes how the system shows the app, and shows nothing in a test.
  focus(): void {}
  hide(): void {}
  show(): void {}
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {
    story.push('about');
  }
}

function createCommandLine() {
  const switches = new Map<string, string>();
  return strict('app.commandLine', {
    appendSwitch: (name, value = '') => void switches.set(name, value),
    appendArgument: () => {},
    getSwitchValue: (name) => switches.get(name) ?? '',
    hasSwitch: (name) => switches.has(name),
    removeSwitch: (name) => void switches.delete(name),
  } satisfies Pick<
    App['commandLine'],
    'appendSwitch' | 'appendArgument' | 'getSwitchValue' | 'hasSwitch' | 'removeSwitch'
  >);
}

export const app = new StandInApp();
