import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Listener {
  readonly port: number;
  /** Ends listening and breaks every open connection. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly port: number;
  /** The stored port is only a wish: take another where somebody else has it. */
  readonly mayMove: boolean;
  serve(request: IncomingMessage, response: ServerResponse): void;
  /** Bytes that are no HTTP, or a body that ended before its Content-Length: the raw answer to write. */
  onBroken(error: Error): string | null;
}

/** Listens on loopback only, with timeouts that leave slow uploads alone. */
export async function listen(options: ListenOptions): Promise<Listener> {
  try {
    return await listenOn(options.port, options);
  } catch (error) {
    if (!options.mayMove || options.port === 0) throw error;
    return await listenOn(0, options);
  }
}

async function listenOn(port: number, options: ListenOptions): Promise<Listener> {
  const server = createServer(
    {
      keepAliveTimeout: 65_000,
      headersTimeout: 60_000,
      requestTimeout: 0,
      noDelay: true,
      highWaterMark: 256 * 1024,
    },
    options.serve,
  );
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('clientError', (error, socket) => answerBroken(options.onBroken(error), socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server, sockets) };
}

function answerBroken(raw: string | null, socket: Duplex): void {
  if (raw === null || !socket.writable) socket.destroy();
  else socket.end(raw, () => socket.destroy());
}

/** Every socket by hand: one that broke the protocol is off the server's own list, and would be waited for. */
function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
