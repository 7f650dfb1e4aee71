import { buildApi, createExchange, createPushHub, type Exchange } from '#shared/api-client.ts';
import { failure } from '#shared/failure.ts';
import type { Api } from '#shared/ipc.ts';

export type ConnectionState = 'connected' | 'reconnecting';

export interface BrowserConnection {
  readonly api: Api;
  /** Tells the current state at once. */
  onState(listener: (state: ConnectionState) => void): () => void;
}

/** 0.25 s, doubled up to 4 s: an engine that starts again is back in about a second. */
const firstPauseMs = 250;
const longestPauseMs = 4000;

/**
 * The contract over a WebSocket that connects anew by itself. The hub outlives the connections, so whoever listens goes on
 * listening; requests that are open when a connection goes are rejected, and their callers ask again once it is back.
 */
export function openBrowserConnection(url: string): BrowserConnection {
  const hub = createPushHub();
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'reconnecting';
  let exchange: Exchange | null = null;
  let pauseMs = firstPauseMs;

  function tell(next: ConnectionState): void {
    if (state === next) return;
    state = next;
    for (const listener of [...listeners]) listener(next);
  }

  function open(): void {
    const socket = new WebSocket(url);
    const own = createExchange((text) => socket.send(text), hub);
    exchange = own;
    socket.onmessage = ({ data }) => {
      try {
        own.receive(String(data));
      } catch {
        socket.close();
      }
    };
    socket.onclose = () => {
      own.lose(new Error('The connection is gone.'));
      tell('reconnecting');
      setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
    own.greeted.then(
      () => {
        pauseMs = firstPauseMs;
        tell('connected');
      },
      () => socket.close(),
    );
  }

  open();
  const ask: Parameters<typeof buildApi>[0] = (name, args) =>
    state === 'connected' && exchange !== null ? exchange.ask(name, args) : Promise.resolve(notConnected);
  return {
    api: buildApi(ask, hub),
    onState(listener) {
      listeners.add(listener);
      listener(state);
      return () => void listeners.delete(listener);
    },
  };
}

const notConnected = {
  ok: false as const,
  failure: failure('connection-broken', 'Hoist is not running.', { host: 'Hoist' }),
};
