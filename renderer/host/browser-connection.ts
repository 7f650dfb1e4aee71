import { createExchange, createPushHub, type Exchange } from '#shared/api-client.ts';
import { createEngineLink, type EngineLink } from './engine-link.ts';

/** 0.25 s, doubled up to 4 s: an engine that starts again is back in about a second. */
const firstPauseMs = 250;
const longestPauseMs = 4000;

/**
 * The contract over a WebSocket that connects anew by itself. The hub outlives the connections, so whoever listens goes on
 * listening; requests that are open when a connection goes are rejected, and their callers ask again once it is back.
 */
export function openBrowserConnection(url: string): EngineLink {
  const hub = createPushHub();
  let exchange: Exchange | null = null;
  let pauseMs = firstPauseMs;
  const { link, tell } = createEngineLink(hub, () => exchange);

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
  return link;
}
