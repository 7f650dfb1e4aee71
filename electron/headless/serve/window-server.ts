/** The browser host's server: the screens, the contract over a WebSocket, thumbnails and the inbox. Loopback only. */
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, type EngineConnection, serveWebSocket } from '#ipc';
import type { Clock } from '#ports/clock.ts';
import { failure } from '#shared/failure.ts';
import { type Access, cookieHeader, cookieName, readCookie } from './access.ts';
import { type Answer, notFound, refusal, send } from './answer.ts';
import { judge } from './gate.ts';
import { securityHeaders } from './headers.ts';
import { listenLocally } from './listen.ts';
import { comeIn, notSignedIn, usedAddress, wrongHost, wrongOrigin } from './pages.ts';
import { answerRoute, type RouteParts } from './routes.ts';

/** The engine that windows are connected to; another one after that has ended. */
export type WindowEngine = Pick<EngineConnection, 'api' | 'openSession'>;

export interface WindowServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT/?token=…`, good once. */
  address(): string;
  /** Windows reach this engine from now on. */
  attach(engine: WindowEngine): void;
  /** The engine is gone: windows are sent away, and come back by themselves. */
  detach(): Promise<void>;
  close(): Promise<void>;
}

export interface WindowServerOptions extends Omit<RouteParts, 'engine'> {
  readonly access: Access;
  readonly clock: Clock;
  /** The first that is free is taken; 0 means any. */
  readonly ports: readonly number[];
  /** Somebody knocked whose address was used: here is another. */
  readonly onNewAddress: (address: string) => void;
}

/** URLs hold a file's name and its folders, percent-encoded. */
const maxHeaderBytes = 64 * 1024;

export async function openWindowServer(options: WindowServerOptions): Promise<WindowServer> {
  const { access, clock } = options;
  const webSockets = serveWebSocket(clock);
  let engine: WindowEngine | null = null;
  let port = 0;

  const addressOf = (token: string) => `http://127.0.0.1:${port}/?token=${token}`;
  const isKnown = (request: IncomingMessage) =>
    access.isGood(readCookie(request.headers.cookie, cookieName(port)));

  /** Null: the request may come in. */
  function stopAtGate(request: IncomingMessage, isUpgrade: boolean): Answer | null {
    const { host, origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
    const method = request.method ?? 'GET';
    const verdict = judge({ method, host, origin, site: one(site), mode: one(mode), isUpgrade }, port);
    if (verdict === 'wrong-host') return wrongHost(port);
    return verdict === 'wrong-origin' ? wrongOrigin : null;
  }

  /** Scripts read failures, people read pages. */
  const forWhom = (url: URL, page: Answer): Answer =>
    url.pathname === '/inbox'
      ? refusal(page.status, failure('invalid', 'This window may not come in.'))
      : page;

  function askToSignIn(page: Answer): Answer {
    const token = access.renewToken();
    if (token !== null) options.onNewAddress(addressOf(token));
    return page;
  }

  /** A window is opened: with a token, or by a browser that is known. */
  function signIn(request: IncomingMessage, token: string): Answer {
    if (isKnown(request)) return { status: 303, headers: { Location: '/' }, body: '' };
    const cookie = access.redeem(token);
    if (cookie === null) return askToSignIn(usedAddress);
    return { ...comeIn, headers: { ...comeIn.headers, 'Set-Cookie': cookieHeader(port, cookie) } };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const url = URL.parse(`http://host${request.url}`);
    if (url === null) return notFound;
    const stopped = stopAtGate(request, false);
    if (stopped !== null) return forWhom(url, stopped);
    const token = url.searchParams.get('token');
    if (url.pathname === '/' && request.method === 'GET' && token !== null) return signIn(request, token);
    if (!isKnown(request)) return forWhom(url, askToSignIn(notSignedIn));
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const found = await answerRoute(request, url, { ...options, engine }, gone.signal);
    if (url.pathname !== '/' || found.status !== 200) return found;
    // Whoever comes again within a month stays known.
    return { ...found, headers: { ...found.headers, 'Set-Cookie': cookieHeader(port, access.issue()) } };
  }

  const server = createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    request.on('error', () => {});
    response.on('error', () => {});
    answer(request, response).then(
      (found) => send(request, response, found),
      (error) => {
        options.onBug(error);
        response.destroy();
      },
    );
  });
  // A large file from a slow disk may take its time; headers may not.
  server.requestTimeout = 0;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const stopped = stopAtGate(request, true);
    if (stopped !== null) refuseUpgrade(socket, stopped.status);
    else if (!isKnown(request)) refuseUpgrade(socket, 401);
    else if (request.url !== '/api') refuseUpgrade(socket, 404);
    else if (engine === null) refuseUpgrade(socket, 503);
    else {
      webSockets.accept(request, socket, head, engine.openSession).catch(() => refuseUpgrade(socket, 503));
    }
  });

  port = await listenLocally(server, options.ports);
  return {
    port,
    address: () => addressOf(access.token()),
    attach(next) {
      engine = next;
    },
    async detach() {
      engine = null;
      await webSockets.endAll(closeCodes.restart);
    },
    async close() {
      engine = null;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await webSockets.endAll(closeCodes.goingAway);
      server.closeAllConnections();
      await closed;
    },
  };
}

const one = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'object' ? header[0] : header;

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
