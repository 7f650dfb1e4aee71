/** `webContents`: a page of the test's browser, as the app knows it. */
import type { WebContents, WebPreferences, WindowOpenHandlerResponse } from 'electron';
import type { FrameFacts, PageHappening } from '../messages.ts';
import { encode } from '../values.ts';
import { app } from './app.ts';
import { createEvent, emitPreventable } from './event.ts';
import { createFrame, type StandInFrame } from './frames.ts';
import { defaultSession } from './session.ts';
import { StrictEmitter } from './strict.ts';
import { harness } from './surroundings.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

type WebContentsMembers = Pick<
  WebContents,
  | 'close'
  | 'executeJavaScript'
  | 'focus'
  | 'getTitle'
  | 'getType'
  | 'getURL'
  | 'id'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isDevToolsOpened'
  | 'isFocused'
  | 'isLoading'
  | 'loadURL'
  | 'openDevTools'
  | 'reload'
  | 'reloadIgnoringCache'
  | 'send'
  | 'setBackgroundThrottling'
  | 'setWindowOpenHandler'
  | 'setZoomFactor'
  | 'setZoomLevel'
  | 'toggleDevTools'
  | 'zoomFactor'
  | 'zoomLevel'
>;

const all = new Map<number, StandInWebContents>();

export class StandInWebContents extends StrictEmitter implements WebContentsMembers {
  readonly id: number;
  readonly session = defaultSession;
  readonly preferences: WebPreferences;
  zoomFactor = 1;
  zoomLevel = 0;
  readonly #isOwnerFocused: () => boolean;
  readonly #destroyOwner: () => void;
  #url = '';
  #title = '';
  #documentId = 0;
  #isLoading = false;
  #isCrashed = false;
  #isDestroyed = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #loading: { url: string; done: PromiseWithResolvers<void> } | null = null;

  constructor(
    id: number,
    preferences: WebPreferences,
    owner: { readonly isFocused: () => boolean; readonly destroy: () => void },
  ) {
    super('webContents');
    this.id = id;
    this.preferences = preferences;
    this.#isOwnerFocused = owner.isFocused;
    this.#destroyOwner = owner.destroy;
    all.set(id, this);
  }
  static fromId(id: number): StandInWebContents | undefined {
    return all.get(id);
  }
  static getAllWebContents(): StandInWebContents[] {
    return [...all.values()];
  }
  static getFocusedWebContents(): StandInWebContents | null {
    return [...all.values()].find((contents) => contents.isFocused()) ?? null;
  }

  get mainFrame(): StandInFrame {
    return this.frame({ url: this.#url || 'about:blank', isMainFrame: true, documentId: this.#documentId });
  }
  get hostWebContents(): null {
    return null;
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#title;
  }
  getType(): 'window' {
    return 'window';
  }
  isLoading(): boolean {
    return this.#isLoading;
  }
  isLoadingMainFrame(): boolean {
    return this.#isLoading;
  }
  isCrashed(): boolean {
    return this.#isCrashed;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  isFocused(): boolean {
    return this.#isOwnerFocused();
  }
  focus(): void {}
  getLastWebPreferences(): WebPreferences {
    return this.preferences;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    this.#live();
    this.#loading?.done.reject(new Error(`ERR_ABORTED (-3) loading '${this.#loading.url}'`));
    const done = Promise.withResolvers<void>();
    done.promise.catch(() => {});
    this.#loading = { url, done };
    const failed = await harness.loadPage(this.id, url);
    if (failed !== null) throw new Error(`${failed} loading '${url}'`);
    await done.promise;
  }
  reload(): void {
    this.#live();
    this.#isCrashed = false;
    void harness.reloadPage(this.id);
  }
  reloadIgnoringCache(): void {
    this.reload();
  }
  close(): void {
    this.#destroyOwner();
  }
  send(channel: string, ...args: unknown[]): void {
    this.#live();
    void harness.deliver(this.id, channel, encode(args)).catch(() => {});
  }
  async executeJavaScript(code: string): Promise<unknown> {
    return await harness.runScript(this.id, code);
  }
  setBackgroundThrottling(): void {}
  setZoomFactor(factor: number): void {
    this.zoomFactor = factor;
  }
  setZoomLevel(level: number): void {
    this.zoomLevel = level;
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  openDevTools(): void {}
  closeDevTools(): void {}
  toggleDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }

  /** What the app's own code, the person and the browser made of the page. Answers whether it was prevented. */
  happened(happening: PageHappening): boolean {
    switch (happening.kind) {
      case 'will-navigate':
        return this.#willNavigate(happening.url, happening.isMainFrame);
      case 'will-redirect':
        return emitPreventable(this, 'will-redirect', this.#navigation(happening.url, happening.isMainFrame));
      case 'started':
        this.#isLoading = !happening.isSameDocument;
        if (!happening.isSameDocument) this.emit('did-start-loading');
        this.emit(
          'did-start-navigation',
          createEvent({ ...this.#navigation(happening.url, true), isSameDocument: happening.isSameDocument }),
          happening.url,
          happening.isSameDocument,
          true,
        );
        return false;
      case 'navigated':
        this.#url = happening.url;
        this.#documentId = happening.documentId;
        this.#isCrashed = false;
        this.emit('did-navigate', createEvent({}), happening.url, 200, 'OK');
        return false;
      case 'navigated-in-page':
        this.#url = happening.url;
        this.emit('did-navigate-in-page', createEvent({}), happening.url, true, 1, 1);
        return false;
      case 'dom-ready':
        this.emit('dom-ready', createEvent({}));
        return false;
      case 'finished':
        this.#isLoading = false;
        this.emit('did-frame-finish-load', createEvent({}), true, 1, 1);
        this.emit('did-finish-load');
        this.emit('did-stop-loading');
        this.#loading?.done.resolve();
        this.#loading = null;
        return false;
      case 'failed':
        this.#isLoading = false;
        this.emit('did-fail-load', createEvent({}), -2, happening.description, happening.url, true, 1, 1);
        this.emit('did-stop-loading');
        this.#loading?.done.reject(new Error(`${happening.description} (-2) loading '${happening.url}'`));
        this.#loading = null;
        return false;
      case 'gone': {
        this.#isCrashed = true;
        this.#documentId += 1;
        const details = { reason: happening.reason, exitCode: 5 };
        app.emit('render-process-gone', createEvent({}), this, details);
        this.emit('render-process-gone', createEvent({}), details);
        return false;
      }
      case 'title':
        this.#title = happening.title;
        this.emit('page-title-updated', createEvent({}), happening.title, true);
        return false;
    }
  }
  /** What the handler of `window.open` says; Electron's own default is to allow. */
  opened(url: string): WindowOpenHandlerResponse['action'] {
    const { action } = this.#openHandler({
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: this.#url, policy: 'strict-origin-when-cross-origin' },
    });
    return action;
  }
  webviewAttached(src: string): boolean {
    // Without `webviewTag` Chromium knows no such element, and there is nothing to ask.
    if (this.preferences.webviewTag !== true) return true;
    return emitPreventable(this, 'will-attach-webview', {}, {}, { src });
  }
  frame(facts: FrameFacts): StandInFrame {
    const isCurrent = () => !this.#isDestroyed && facts.documentId === this.#documentId;
    return createFrame(facts, facts.isMainFrame ? null : this.mainFrame, isCurrent);
  }
  hasDocument(documentId: number): boolean {
    return documentId === this.#documentId;
  }
  destroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    all.delete(this.id);
    this.#loading?.done.reject(new Error(`ERR_FAILED (-2) loading '${this.#url}'`));
    this.emit('destroyed');
  }

  #willNavigate(url: string, isMainFrame: boolean): boolean {
    const params = this.#navigation(url, isMainFrame);
    const isFramePrevented = emitPreventable(this, 'will-frame-navigate', params);
    if (!isMainFrame) return isFramePrevented;
    return emitPreventable(this, 'will-navigate', params, url, false, true, 1, 1) || isFramePrevented;
  }
  #navigation(url: string, isMainFrame: boolean): object {
    return { url, isSameDocument: false, isMainFrame, frame: this.mainFrame, initiator: this.mainFrame };
  }
  #live(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
  }
}
