/** `session`: who may do what, and which requests may go. */
import type { Session, WebRequest } from 'electron';
import { protocol } from './protocol.ts';
import { StrictEmitter, strict } from './strict.ts';

type AskHandler = Parameters<Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];
type BeforeRequest = (
  details: { url: string; resourceType: string; method: string },
  answer: (response: { cancel?: boolean }) => void,
) => void;

type SessionMembers = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setUSBProtectedClassesHandler'
  | 'setBluetoothPairingHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'setSpellCheckerLanguages'
  | 'setCertificateVerifyProc'
  | 'clearCache'
  | 'clearStorageData'
  | 'flushStorageData'
  | 'closeAllConnections'
  | 'isPersistent'
>;

class StandInSession extends StrictEmitter implements SessionMembers {
  readonly protocol = protocol;
  spellCheckerEnabled = true;
  readonly #web = createWebRequest();
  readonly webRequest = this.#web.part;
  #ask: AskHandler = null;
  #check: CheckHandler = null;

  constructor() {
    super('session');
  }
  setPermissionRequestHandler(handler: AskHandler): void {
    this.#ask = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }
  /** Without a handler Electron grants; `contents` asks. */
  askPermission(contents: unknown, permission: string, requestingUrl: string): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    if (this.#ask === null) return Promise.resolve(true);
    const details = { requestingUrl, isMainFrame: true };
    (this.#ask as (...args: readonly unknown[]) => void)(contents, permission, resolve, details);
    return promise;
  }
  checkPermission(contents: unknown, permission: string, origin: string): boolean {
    if (this.#check === null) return true;
    const details = { requestingUrl: origin, isMainFrame: true };
    return (this.#check as (...args: readonly unknown[]) => boolean)(contents, permission, origin, details);
  }
  mayRequest(url: string, resourceType: string): boolean {
    return this.#web.mayRequest(url, resourceType);
  }
  setDevicePermissionHandler(): void {}
  setUSBProtectedClassesHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.spellCheckerEnabled = isEnabled;
  }
  setSpellCheckerLanguages(): void {}
  setCertificateVerifyProc(): void {}
  clearCache(): Promise<void> {
    return Promise.resolve();
  }
  clearStorageData(): Promise<void> {
    return Promise.resolve();
  }
  flushStorageData(): void {}
  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }
  isPersistent(): boolean {
    return true;
  }
}

function createWebRequest() {
  let listener: BeforeRequest | null = null;
  const part = strict('webRequest', {
    onBeforeRequest(...args: readonly unknown[]) {
      listener = (args.length === 2 ? args[1] : args[0]) as BeforeRequest | null;
    },
  } satisfies { [K in keyof Pick<WebRequest, 'onBeforeRequest'>]: (...args: readonly unknown[]) => void });
  return {
    part,
    mayRequest(url: string, resourceType: string): boolean {
      let isCanceled = false;
      listener?.({ url, resourceType, method: 'GET' }, ({ cancel = false }) => {
        isCanceled = cancel;
      });
      return !isCanceled;
    },
  };
}

export const defaultSession = new StandInSession();

export const session = strict('session', {
  defaultSession,
  fromPartition: () => defaultSession,
});
