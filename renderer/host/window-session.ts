import type { DesktopBridge } from '#shared/desktop-bridge.ts';
import type { Api } from '#shared/ipc.ts';
import type { WindowHost } from '#shared/window-host.ts';

/** What a window is given: the engine's contract, and what its host can do beside it. */
export interface WindowSession {
  readonly api: Api;
  readonly host: WindowHost;
}

declare global {
  interface Window {
    /** Put there by the desktop's preload script; absent in a browser. */
    readonly hoist?: DesktopBridge;
  }
}
