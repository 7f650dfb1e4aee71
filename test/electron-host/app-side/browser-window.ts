/** `BrowserWindow`: its place and its state; what it shows is a page of the test's browser. */
import { readFileSync } from 'node:fs';
import type { BrowserWindow, BrowserWindowConstructorOptions, ProgressBarOptions, Rectangle } from 'electron';
import type { ShownWindow } from '../messages.ts';
import { app } from './app.ts';
import { createEvent, emitPreventable } from './event.ts';
import { primaryDisplay } from './screen.ts';
import { StrictEmitter } from './strict.ts';
import { harness, story } from './surroundings.ts';
import { StandInWebContents } from './web-contents.ts';

type WindowMembers = Pick<
  BrowserWindow,
  | 'blur'
  | 'center'
  | 'close'
  | 'destroy'
  | 'flashFrame'
  | 'focus'
  | 'getBounds'
  | 'getContentBounds'
  | 'getMinimumSize'
  | 'getNormalBounds'
  | 'getPosition'
  | 'getSize'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'moveTop'
  | 'reload'
  | 'removeMenu'
  | 'restore'
  | 'setAutoHideMenuBar'
  | 'setBackgroundColor'
  | 'setBounds'
  | 'setFullScreen'
  | 'setMenuBarVisibility'
  | 'setMinimumSize'
  | 'setPosition'
  | 'setProgressBar'
  | 'setSize'
  | 'setTitle'
  | 'show'
  | 'showInactive'
  | 'unmaximize'
>;

type Shape = 'normal' | 'minimized' | 'maximized' | 'full-screen';

const all = new Map<number, StandInWindow>();
let lastId = 0;

export class StandInWindow extends StrictEmitter implements WindowMembers {
  readonly id = ++lastId;
  readonly webContents: StandInWebContents;
  #title: string;
  #normal: Rectangle;
  #shape: Shape = 'normal';
  #isVisible: boolean;
  #isFocused = false;
  #isDestroyed = false;
  #hasPainted = false;
  #isFlashing = false;
  #progress = { value: -1, mode: 'none' };
  readonly #minimum: [number, number];

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow');
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { width = 800, height = 600 } = options;
    const work = primaryDisplay().workArea;
    const {
      x = work.x + Math.round((work.width - width) / 2),
      y = work.y + Math.round((work.height - height) / 2),
    } = options;
    this.#normal = { x, y, width, height };
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.#title = options.title ?? app.getName();
    this.#isVisible = options.show ?? true;
    this.webContents = new StandInWebContents(
      this.id,
      {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        ...options.webPreferences,
      },
      { isFocused: () => this.#isFocused, destroy: () => this.destroy() },
    );
    all.set(this.id, this);
    this.webContents.on('dom-ready', () => this.#painted());
    this.webContents.on('page-title-updated', (event, title: string, isExplicit: boolean) => {
      if (!emitPreventable(this, 'page-title-updated', event, title, isExplicit)) this.#title = title;
    });
    const preload = options.webPreferences?.preload;
    void harness.openPage(this.id, preload === undefined ? null : readFileSync(preload, 'utf8'), {
      width,
      height,
    });
    story.push('window-created');
    app.emit('web-contents-created', createEvent({}), this.webContents);
    app.emit('browser-window-created', createEvent({}), this);
    if (this.#isVisible) this.focus();
  }

  static getAllWindows(): StandInWindow[] {
    return [...all.values()];
  }
  static getFocusedWindow(): StandInWindow | null {
    return [...all.values()].find((window) => window.isFocused()) ?? null;
  }
  static fromId(id: number): StandInWindow | null {
    return all.get(id) ?? null;
  }
  static fromWebContents(contents: StandInWebContents): StandInWindow | null {
    return [...all.values()].find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  reload(): void {
    this.webContents.reload();
  }

  close(): void {
    this.closeForQuit();
  }
  /** Answers false where a listener keeps it open. */
  closeForQuit(): boolean {
    if (this.#isDestroyed) return true;
    if (emitPreventable(this, 'close', {})) return false;
    this.destroy();
    return true;
  }
  /** Asks nobody: only `closed` is emitted. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#isFocused = false;
    all.delete(this.id);
    void harness.closePage(this.id).catch(() => {});
    this.webContents.destroyed();
    story.push('window-closed');
    this.emit('closed');
    if (all.size === 0) app.afterLastWindow();
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.emit('show');
  }
  hide(): void {
    if (!this.#isVisible) return;
    this.blur();
    this.#isVisible = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#isVisible;
  }
  focus(): void {
    if (this.#isFocused || !this.#isVisible) return;
    for (const other of all.values()) if (other !== this) other.blur();
    this.#isFocused = true;
    void harness.focusPage(this.id).catch(() => {});
    this.emit('focus');
    app.emit('browser-window-focus', createEvent({}), this);
  }
  blur(): void {
    if (!this.#isFocused) return;
    this.#isFocused = false;
    this.emit('blur');
    app.emit('browser-window-blur', createEvent({}), this);
  }
  isFocused(): boolean {
    return this.#isFocused;
  }
  moveTop(): void {}

  minimize(): void {
    this.#reshape('minimized', 'minimize');
    this.blur();
  }
  maximize(): void {
    this.#reshape('maximized', 'maximize');
  }
  unmaximize(): void {
    if (this.#shape === 'maximized') this.#reshape('normal', 'unmaximize');
  }
  restore(): void {
    if (this.#shape === 'minimized') this.#reshape('normal', 'restore');
  }
  setFullScreen(isOn: boolean): void {
    if (isOn) this.#reshape('full-screen', 'enter-full-screen');
    else if (this.#shape === 'full-screen') this.#reshape('normal', 'leave-full-screen');
  }
  isMinimized(): boolean {
    return this.#shape === 'minimized';
  }
  isMaximized(): boolean {
    return this.#shape === 'maximized';
  }
  isFullScreen(): boolean {
    return this.#shape === 'full-screen';
  }

  getBounds(): Rectangle {
    const { bounds, workArea } = primaryDisplay();
    if (this.#shape === 'maximized') return { ...workArea };
    return { ...(this.#shape === 'full-screen' ? bounds : this.#normal) };
  }
  getNormalBounds(): Rectangle {
    return { ...this.#normal };
  }
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  getPosition(): number[] {
    const { x, y } = this.getBounds();
    return [x, y];
  }
  getSize(): number[] {
    const { width, height } = this.getBounds();
    return [width, height];
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#normal;
    const next = { ...before, ...bounds };
    const [minWidth, minHeight] = this.#minimum;
    this.#normal = {
      ...next,
      width: Math.max(next.width, minWidth),
      height: Math.max(next.height, minHeight),
    };
    const { x, y, width, height } = this.#normal;
    if (x !== before.x || y !== before.y) this.#tellOfPlace('move', 'moved');
    if (width === before.width && height === before.height) return;
    void harness.resizePage(this.id, { width, height }).catch(() => {});
    this.#tellOfPlace('resize', 'resized');
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  center(): void {
    const { workArea } = primaryDisplay();
    const { width, height } = this.#normal;
    this.setBounds({
      x: workArea.x + Math.round((workArea.width - width) / 2),
      y: workArea.y + Math.round((workArea.height - height) / 2),
    });
  }
  getMinimumSize(): number[] {
    return [...this.#minimum];
  }
  setMinimumSize(width: number, height: number): void {
    this.#minimum[0] = width;
    this.#minimum[1] = height;
  }

  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  setProgressBar(progress: number, options?: ProgressBarOptions): void {
    this.#progress = { value: progress, mode: options?.mode ?? 'normal' };
  }
  flashFrame(isOn: boolean): void {
    this.#isFlashing = isOn;
  }
  // What shows nothing in a test.
  setBackgroundColor(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  removeMenu(): void {}
  setIcon(): void {}
  setOverlayIcon(): void {}

  look(): ShownWindow {
    const { preload: _file, ...webPreferences } = this.webContents.preferences;
    return {
      id: this.id,
      title: this.#title,
      bounds: this.getBounds(),
      isVisible: this.#isVisible,
      isFocused: this.#isFocused,
      isMinimized: this.isMinimized(),
      isMaximized: this.isMaximized(),
      isFullScreen: this.isFullScreen(),
      progress: this.#progress.value,
      progressMode: this.#progress.mode,
      isFlashing: this.#isFlashing,
      webPreferences: { ...webPreferences },
    };
  }
  #reshape(shape: Shape, event: string): void {
    if (this.#shape === shape) return;
    this.#shape = shape;
    this.emit(event);
    if (shape !== 'minimized') this.emit('resize');
  }
  #tellOfPlace(...events: readonly string[]): void {
    for (const event of events) this.emit(event, createEvent({}));
  }
  /** The first document of a page that has something to show. */
  #painted(): void {
    if (this.#hasPainted) return;
    this.#hasPainted = true;
    this.emit('ready-to-show');
  }
}

app.windows = () => [...all.values()];
