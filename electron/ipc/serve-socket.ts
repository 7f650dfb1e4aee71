import { chmod, unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Clock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { serveConnection } from './connection.ts';
import { makePrivateDirectory } from './private-directory.ts';
import type { SessionOptions } from './session.ts';

export interface SocketServer {
  /** Takes no more connections, ends those there are, removes the socket file. */
  close(): Promise<void>;
}

export interface ServeOptions extends Omit<SessionOptions, 'wants'> {
  readonly service: EngineService;
  readonly clock: Clock;
  /** From `socketPath`. Only the process that holds the lock of the data directory may serve it. */
  readonly path: string;
}

const farewellMs = 500;

const isPipe = (path: string) => path.startsWith('\\\\.\\pipe\\');

/**
 * Serves the contract on a unix socket (mode 0600) or a named pipe. A socket file that is there belongs to a process
 * that died, because the caller holds the lock of the directory: it is replaced.
 */
export async function serveSocket({ service, clock, path, ...options }: ServeOptions): Promise<SocketServer> {
  const sockets = new Set<Socket>();
  const sessions = new Set<Promise<void>>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const session = serveConnection(socket, service, clock, options);
    sessions.add(session);
    void session.then(() => sessions.delete(session));
  });
  if (isPipe(path)) await listen(server, path);
  else {
    await makePrivateParent(path);
    await unlink(path).catch(ignoreMissing);
    await listenPrivately(server, path);
  }
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // What was answered is still said, but nobody can hold the end up by not reading.
      for (const socket of sockets) socket.destroySoon();
      const cancelTimer = clock.setTimer(farewellMs, () => {
        for (const socket of sockets) socket.destroy();
      });
      await closed;
      cancelTimer();
      await Promise.all(sessions);
    },
  };
}

/** The data directory is the user's own affair; the replacement under the temporary directory is ours. */
async function makePrivateParent(path: string): Promise<void> {
  if (path.endsWith('engine.sock')) return;
  await makePrivateDirectory(dirname(path), process.getuid?.() ?? null);
}

/** Binding happens inside the call, so the mask covers it: the socket never exists with other rights. */
async function listenPrivately(server: Server, path: string): Promise<void> {
  const mask = process.umask(0o177);
  let listening: Promise<void>;
  try {
    listening = listen(server, path);
  } finally {
    process.umask(mask);
  }
  await listening;
  await chmod(path, 0o600);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
