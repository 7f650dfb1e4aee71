import type { WebContents } from 'electron';
import { channels } from '#shared/desktop-bridge.ts';
import { maxRequestBytes } from '#shared/wire.ts';
import type { EngineConnection } from './connect-engine.ts';
import type { BugReporter } from './dispatch.ts';
import type { KeptEngine } from './keep-engine.ts';
import { type MessageChannel, type MessageService, pushTo, serveMessages } from './serve-messages.ts';
import type { OpenSession } from './serve-web-socket.ts';

/** One page of one window, from its hello until it is gone or loads anew. Engines may come and go meanwhile. */
export interface WindowSession {
  receive(text: string): void;
  /** The page took as many characters. */
  taken(count: number): void;
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export interface WindowSessionOptions {
  readonly contents: Pick<WebContents, 'send' | 'isDestroyed' | 'once' | 'on' | 'off'>;
  readonly engine: Pick<KeptEngine, 'onConnection'>;
  readonly openSession: (connection: EngineConnection) => OpenSession;
  readonly onBug: BugReporter;
}

/** One page asks this much at most before it is answered; a page that asks more is not ours any more. */
const mostWaiting = 10_000;

export function createWindowSession(options: WindowSessionOptions): WindowSession {
  const { contents, engine, onBug } = options;
  const ended = Promise.withResolvers<void>();
  let isClosed = false;
  let untaken = 0;
  /** With the engine of now; null while there is none, or its session is being opened. */
  let messages: MessageService | null = null;
  /** Which engine this is about: an answer of an earlier one comes too late. */
  let turn = 0;
  let asked = 0;
  let endings: Promise<void> = Promise.resolve();

  const isOpen = () => !isClosed && !contents.isDestroyed();

  function channelOf(own: number): MessageChannel {
    return {
      isOpen: () => own === turn && isOpen(),
      send(text) {
        if (own !== turn || !isOpen()) return;
        untaken += text.length;
        asked = 0;
        contents.send(channels.message, text);
      },
      backlogBytes: () => untaken,
      // Messages of a window cannot be stopped, only counted.
      pause() {},
      resume() {},
      destroy: () => void close(),
    };
  }

  async function join(connection: EngineConnection): Promise<void> {
    const own = ++turn;
    const channel = channelOf(own);
    try {
      const session = await options.openSession(connection)(pushTo(channel));
      if (own !== turn || !isOpen()) return await session.close();
      messages = serveMessages(channel, session);
      session.drained();
    } catch (error) {
      // The engine is ending: the next one is told.
      onBug('session', error);
    }
  }

  function leave(): void {
    turn++;
    const left = messages;
    messages = null;
    if (left !== null) endings = Promise.all([endings, left.ended()]).then(() => {});
    if (isOpen()) contents.send(channels.gone);
  }

  const stop = engine.onConnection((connection) => {
    if (connection === null) leave();
    else void join(connection);
  });

  const onGone = () => void close();
  const onNavigation = (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }) => {
    if (details.isMainFrame && !details.isSameDocument) void close();
  };
  contents.once('destroyed', onGone);
  contents.once('render-process-gone', onGone);
  contents.on('did-start-navigation', onNavigation);

  function close(): Promise<void> {
    if (!isClosed) {
      isClosed = true;
      stop();
      leave();
      contents.off('destroyed', onGone);
      contents.off('render-process-gone', onGone);
      contents.off('did-start-navigation', onNavigation);
      void endings.then(ended.resolve);
    }
    return ended.promise;
  }

  return {
    receive(text) {
      if (messages === null) return;
      asked += 1;
      if (text.length > maxRequestBytes || asked > mostWaiting) {
        void close();
        throw new Error('A window asks more than a window may.');
      }
      messages.receive([text]);
    },
    taken(count) {
      untaken = Math.max(0, untaken - count);
      messages?.drained();
    },
    ended: ended.promise,
    close,
  };
}
