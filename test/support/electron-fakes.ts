/** The few parts of Electron that a room is handed, as events and memory. Typed by Electron's own declarations. */
import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, WebContents, WebFrameMain } from 'electron';

export interface FakeContents {
  readonly contents: WebContents;
  /** What the main process sent, oldest first. */
  readonly sent: { readonly channel: string; readonly value: unknown }[];
  /** Called for each message to the page. */
  onSend: (channel: string, value: unknown) => void;
  readonly frame: WebFrameMain;
  destroy(): void;
}

let lastFrame = 0;

/** What a window shows, at `url`, with a main frame of its own. */
export function fakeContents(url = 'app://bundle/'): FakeContents {
  const sent: { channel: string; value: unknown }[] = [];
  const frame = fakeFrame(url);
  let isDestroyed = false;
  const fake = {
    sent,
    frame,
    onSend: (_channel: string, _value: unknown) => {},
    destroy() {
      isDestroyed = true;
      contents.emit('destroyed');
    },
  };
  const contents = Object.assign(new EventEmitter(), {
    mainFrame: frame,
    isDestroyed: () => isDestroyed,
    send(channel: string, value: unknown) {
      if (isDestroyed) throw new TypeError('Object has been destroyed');
      sent.push({ channel, value });
      fake.onSend(channel, value);
    },
  }) as unknown as WebContents;
  return Object.assign(fake, { contents });
}

export const fakeFrame = (url: string, parent: WebFrameMain | null = null): WebFrameMain =>
  ({ url, parent, frameTreeNodeId: ++lastFrame }) as unknown as WebFrameMain;

export interface FakeIpcMain {
  readonly ipcMain: Pick<IpcMain, 'on' | 'handle'>;
  readonly handled: ReadonlySet<string>;
  readonly heard: readonly string[];
  /** As `ipcRenderer.send` and `invoke` of a page arrive. */
  send(from: Sender, channel: string, value?: unknown): void;
  invoke(from: Sender, channel: string, ...args: readonly unknown[]): Promise<unknown>;
}

export interface Sender {
  readonly contents: WebContents;
  readonly frame: WebFrameMain | null;
}

export function fakeIpcMain(): FakeIpcMain {
  const events = new EventEmitter();
  const handlers = new Map<string, (event: never, ...args: never[]) => unknown>();
  const eventOf = ({ contents, frame }: Sender) =>
    ({ sender: contents, senderFrame: frame }) as unknown as IpcMainEvent;
  return {
    ipcMain: {
      on: (channel, listener) => events.on(channel, listener) as unknown as IpcMain,
      handle: (channel, listener) => void handlers.set(channel, listener),
    },
    get handled() {
      return new Set(handlers.keys());
    },
    get heard() {
      return events.eventNames().map(String);
    },
    send: (from, channel, value) => void events.emit(channel, eventOf(from), value),
    async invoke(from, channel, ...args) {
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return handler(eventOf(from) as never, ...(args as never[]));
    },
  };
}
