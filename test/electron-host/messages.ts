/** What the process of the app and the test say to each other. */
import type {
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
  OpenDialogOptions,
  Rectangle,
  RenderProcessGoneDetails,
  SaveDialogOptions,
} from 'electron';

/** The machine that the app finds itself on. */
export interface Machine {
  /** Of the built main process; absolute. */
  readonly entry: string;
  /** Where the app's package.json lies. */
  readonly appPath: string;
  readonly args: readonly string[];
  readonly isPackaged: boolean;
  /** What keeps the system's keys: `weak` is Linux without a keyring; `locked` answers when it is unlocked. */
  readonly keyring: 'strong' | 'locked' | 'weak' | 'none';
  readonly displays: readonly Rectangle[];
  readonly hasNotifications: boolean;
}

export const machineVariable = 'ELECTRON_STAND_IN';

/** One message of a page's preload script. `args` and answers are encoded by `values.ts`. */
export interface IpcMessage {
  readonly windowId: number;
  readonly kind: 'send' | 'invoke';
  readonly channel: string;
  readonly args: string;
  readonly frame: FrameFacts;
}

export interface FrameFacts {
  readonly url: string;
  readonly isMainFrame: boolean;
  /** Changes with every document. */
  readonly documentId: number;
}

export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** Null: the handler threw, which Chromium shows as a network error. */
export type PlainResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
} | null;

/** What happened in a page, or is about to: then the answer says whether the app prevented it. */
export type PageHappening =
  | { readonly kind: 'will-navigate'; readonly url: string; readonly isMainFrame: boolean }
  | { readonly kind: 'will-redirect'; readonly url: string; readonly isMainFrame: boolean }
  | { readonly kind: 'started'; readonly url: string; readonly isSameDocument: boolean }
  | { readonly kind: 'navigated'; readonly url: string; readonly documentId: number }
  | { readonly kind: 'navigated-in-page'; readonly url: string }
  | { readonly kind: 'dom-ready' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly url: string; readonly description: string }
  | { readonly kind: 'gone'; readonly reason: RenderProcessGoneDetails['reason'] }
  | { readonly kind: 'title'; readonly title: string };

/** What a person or the system does to the app. */
export type Act =
  | { readonly kind: 'click-menu'; readonly labels: readonly string[] }
  | { readonly kind: 'click-tray-menu'; readonly labels: readonly string[] }
  | { readonly kind: 'click-popup'; readonly labels: readonly string[] }
  | { readonly kind: 'click-tray' }
  | { readonly kind: 'drop-on-tray'; readonly paths: readonly string[] }
  | { readonly kind: 'click-notification'; readonly id: number }
  | { readonly kind: 'click-notification-action'; readonly id: number; readonly index: number }
  | {
      readonly kind: 'answer-message';
      readonly id: number;
      readonly button: string;
      readonly isChecked?: boolean;
    }
  | { readonly kind: 'answer-paths'; readonly id: number; readonly paths: readonly string[] }
  | { readonly kind: 'power'; readonly event: PowerEvent }
  | { readonly kind: 'set-battery'; readonly isOn: boolean }
  | { readonly kind: 'set-online'; readonly isOnline: boolean }
  | { readonly kind: 'set-dark'; readonly isDark: boolean }
  | { readonly kind: 'open-file'; readonly path: string }
  | { readonly kind: 'activate' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'close-window'; readonly windowId: number }
  | { readonly kind: 'place-window'; readonly windowId: number; readonly bounds: Rectangle }
  | { readonly kind: 'maximize-window'; readonly windowId: number }
  | { readonly kind: 'focus-window'; readonly windowId: number }
  /** Another program comes to the front. */
  | { readonly kind: 'blur-windows' }
  /** The person types the password of their keyring. */
  | { readonly kind: 'unlock-keyring' }
  /** A bug of the app: something throws where nobody catches. */
  | { readonly kind: 'throw'; readonly message: string };

export type PowerEvent =
  | 'suspend'
  | 'resume'
  | 'lock-screen'
  | 'unlock-screen'
  | 'shutdown'
  | 'on-ac'
  | 'on-battery';

export interface ShownItem {
  readonly label: string;
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly role: string | null;
  readonly accelerator: string | null;
  readonly isEnabled: boolean;
  readonly isChecked: boolean;
  readonly submenu: readonly ShownItem[] | null;
}

export interface ShownNotification {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly isSilent: boolean;
  readonly actions: readonly string[];
  readonly isOpen: boolean;
  readonly urgency: NotificationConstructorOptions['urgency'] | null;
}

export type ShownDialog =
  | {
      readonly kind: 'message';
      readonly id: number;
      readonly title: string;
      readonly message: string;
      readonly detail: string;
      readonly buttons: readonly string[];
      readonly defaultButton: string | null;
      readonly cancelButton: string | null;
      readonly checkbox: string | null;
      readonly windowId: number | null;
    }
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly title: string;
      readonly properties: readonly string[];
      readonly filters: OpenDialogOptions['filters'] | null;
      readonly windowId: number | null;
    }
  | {
      readonly kind: 'save';
      readonly id: number;
      readonly title: string;
      readonly defaultPath: string | null;
      readonly filters: SaveDialogOptions['filters'] | null;
      readonly windowId: number | null;
    };

export interface ShownWindow {
  readonly id: number;
  readonly title: string;
  readonly bounds: Rectangle;
  readonly isVisible: boolean;
  readonly isFocused: boolean;
  readonly isMinimized: boolean;
  readonly isMaximized: boolean;
  readonly isFullScreen: boolean;
  /** 0 to 1; -1: none; above 1: going on without an end that is known. */
  readonly progress: number;
  readonly progressMode: string;
  readonly isFlashing: boolean;
  /** What `getLastWebPreferences` answers. */
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

/** Everything of the app that a person or the system sees, at one moment. */
export interface Sight {
  readonly windows: readonly ShownWindow[];
  readonly menu: readonly ShownItem[] | null;
  /** The context menu that is open. */
  readonly popup: readonly ShownItem[] | null;
  readonly tray: {
    readonly toolTip: string;
    readonly title: string;
    readonly hasImage: boolean;
    readonly menu: readonly ShownItem[] | null;
  } | null;
  readonly notifications: readonly ShownNotification[];
  readonly dialogs: readonly ShownDialog[];
  readonly errorBoxes: readonly { readonly title: string; readonly content: string }[];
  readonly clipboard: string;
  readonly badgeCount: number;
  readonly powerBlockers: readonly string[];
  readonly opensAtLogin: boolean;
  /** What was handed to the system: addresses opened, folders shown. */
  readonly openedAddresses: readonly string[];
  readonly shownInFolder: readonly string[];
  readonly openedPaths: readonly string[];
  readonly isSandboxed: boolean;
  /** Names of what happened in the app's life, in order. */
  readonly story: readonly string[];
  readonly privilegedSchemes: readonly Readonly<Record<string, unknown>>[];
  readonly windowOpens: readonly { readonly url: string; readonly decision: string }[];
}

/** What the test asks of the app's process. */
export interface AppCalls {
  ipc(message: IpcMessage): string | null;
  fetch(request: PlainRequest): PlainResponse;
  /** Whether a request to the network may go; the app has listeners for that. */
  mayRequest(url: string, resourceType: string): boolean;
  page(windowId: number, happening: PageHappening): boolean;
  windowOpened(windowId: number, url: string): 'allow' | 'deny';
  webviewAttached(windowId: number, src: string): boolean;
  permission(
    windowId: number,
    permission: string,
    url: string,
  ): { readonly asked: boolean; readonly checked: boolean };
  look(): Sight;
  act(act: Act): void;
}

/** What the app's process asks of the test, which has the browser. */
export interface HarnessCalls {
  openPage(
    windowId: number,
    preload: string | null,
    size: { readonly width: number; readonly height: number },
  ): void;
  /** Null, or why it could not be loaded. */
  loadPage(windowId: number, url: string): string | null;
  reloadPage(windowId: number): void;
  closePage(windowId: number): void;
  resizePage(windowId: number, size: { readonly width: number; readonly height: number }): void;
  focusPage(windowId: number): void;
  /** `args` are encoded by `values.ts`. */
  deliver(windowId: number, channel: string, args: string): void;
  runScript(windowId: number, code: string): unknown;
  setColorScheme(scheme: 'light' | 'dark'): void;
}
