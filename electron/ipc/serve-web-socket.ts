import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '#ports/clock.ts';
import { maxRequestBytes, type PushRound } from '#shared/wire.ts';
import { type MessageChannel, pushTo, serveMessages } from './serve-messages.ts';
import type { Session } from './session.ts';

/** A dead peer is noticed after at most two of these. */
export const pingIntervalMs = 30_000;
const farewellMs = 500;

/** Codes of RFC 6455 and its registry. */
export const closeCodes = { goingAway: 1001, unsupportedData: 1003, restart: 1012 } as const;

export type OpenSession = (send: (round: PushRound) => boolean) => Promise<Session>;

export interface WebSocketService {
  /**
   * Takes over a request for an upgrade that has been checked already (cookie, host, origin): nothing is checked here.
   * Rejects, with the connection left as it was, where no session can be opened.
   */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, openSession: OpenSession): Promise<void>;
  /** Ends all connections, each with this code. Resolves when their sessions are cleaned up. */
  endAll(code: number): Promise<void>;
}

/** Serves the contract over WebSockets: one message is one text frame, one connection is one session. */
export function serveWebSocket(clock: Clock): WebSocketService {
  // No compression: the bytes never leave the machine, and each connection would hold its own tables.
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxRequestBytes,
  });
  const open = new Map<WebSocket, Promise<void>>();

  return {
    async accept(request, socket, head, openSession) {
      let channel: MessageChannel | null = null;
      const session = await openSession((round) => channel !== null && pushTo(channel)(round));
      if (socket.destroyed) {
        await session.close();
        return;
      }
      let isAccepted = false;
      // Where the handshake is refused, no connection comes of it: only the socket ends.
      socket.once('close', () => {
        if (!isAccepted) void session.close();
      });
      server.handleUpgrade(request, socket, head, (webSocket) => {
        isAccepted = true;
        channel = channelOf(webSocket, socket);
        const ended = serveOne(webSocket, socket, channel, session, clock);
        open.set(webSocket, ended);
        void ended.then(() => open.delete(webSocket));
      });
    },
    async endAll(code) {
      const ends = [...open.values()];
      for (const webSocket of open.keys()) webSocket.close(code);
      // Nobody can hold the end up by not answering.
      const cancel = clock.setTimer(farewellMs, () => {
        for (const webSocket of open.keys()) webSocket.terminate();
      });
      await Promise.all(ends);
      cancel();
    },
  };
}

const channelOf = (webSocket: WebSocket, socket: Duplex): MessageChannel => ({
  isOpen: () => webSocket.readyState === webSocket.OPEN,
  send: (text) => webSocket.send(text),
  backlogBytes: () => Math.max(webSocket.bufferedAmount, socket.writableLength),
  pause: () => webSocket.pause(),
  resume: () => webSocket.resume(),
  destroy: () => webSocket.terminate(),
});

function serveOne(
  webSocket: WebSocket,
  socket: Duplex,
  channel: MessageChannel,
  session: Session,
  clock: Clock,
): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const messages = serveMessages(channel, session);
  webSocket.on('message', (data, isBinary) => {
    if (isBinary) webSocket.close(closeCodes.unsupportedData);
    else messages.receive([textOf(data)]);
  });
  // The socket below tells when it is empty; the WebSocket itself does not.
  socket.on('drain', messages.drained);
  // Too much, or no frame at all: `close` follows.
  webSocket.on('error', () => {});
  const stopPinging = keepAlive(webSocket, clock);
  webSocket.on('close', () => {
    stopPinging();
    void messages.ended().then(resolve);
  });
  // What waited for this connection may be told now.
  session.drained();
  return ended;
}

/** The default `binaryType` gives buffers, whole ones. */
const textOf = (data: RawData): string => (data instanceof Buffer ? data.toString('utf8') : '');

/** A peer that did not answer the last ping is gone, whatever its connection says. */
function keepAlive(webSocket: WebSocket, clock: Clock): () => void {
  let isAnswered = true;
  let cancel = () => {};
  const tick = () => {
    if (!isAnswered) {
      webSocket.terminate();
      return;
    }
    isAnswered = false;
    webSocket.ping();
    cancel = clock.setTimer(pingIntervalMs, tick);
  };
  webSocket.on('pong', () => {
    isAnswered = true;
  });
  cancel = clock.setTimer(pingIntervalMs, tick);
  return () => cancel();
}
