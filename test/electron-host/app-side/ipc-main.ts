/** `ipcMain`: messages of preload scripts, with who sent them. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { FrameFacts, IpcMessage } from '../messages.ts';
import { decode, encode } from '../values.ts';
import { createEvent } from './event.ts';
import type { StandInFrame } from './frames.ts';
import { StrictEmitter } from './strict.ts';
import { StandInWebContents } from './web-contents.ts';

type Handler = Parameters<IpcMain['handle']>[1];

class StandInIpcMain
  extends StrictEmitter
  implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>
{
  readonly #handlers = new Map<string, Handler>();

  constructor() {
    super('ipcMain');
  }
  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, listener);
  }
  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return listener(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Null for a `send`; rejects as `ipcRenderer.invoke` does. */
  async receive({ windowId, kind, channel, args, frame }: IpcMessage): Promise<string | null> {
    const sender = StandInWebContents.fromId(windowId);
    if (sender === undefined) throw new Error(`There is no window ${windowId}.`);
    const given = decode(args) as readonly unknown[];
    const event = createEvent(origin(sender, frame));
    if (kind === 'send') {
      this.emit(channel, event, ...given);
      return null;
    }
    try {
      const handler = this.#handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return encode(await handler(event as unknown as IpcMainInvokeEvent, ...given));
    } catch (error) {
      // The name and the message are all that reaches the page.
      throw new Error(String(error));
    }
  }
}

function origin(sender: StandInWebContents, facts: FrameFacts): object {
  const frame = sender.frame(facts);
  return {
    type: 'frame',
    sender,
    processId: frame.processId,
    frameId: frame.routingId,
    ports: [],
    /** Null once the frame has gone on or is destroyed. */
    get senderFrame(): StandInFrame | null {
      return frame.detached ? null : frame;
    },
    reply: (channel: string, ...args: unknown[]) => sender.send(channel, ...args),
  };
}

export const ipcMain = new StandInIpcMain();
