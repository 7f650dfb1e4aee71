import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { type Clock, systemClock } from '#ports/clock.ts';
import { buildApi, createExchange, createPushHub } from '#shared/api-client.ts';
import type { Api } from '#shared/ipc.ts';
import { maxAnswerBytes } from '#shared/wire.ts';
import { createLineCutter } from './lines.ts';
import { checkPrivateDirectory } from './private-directory.ts';

/** Nobody listens there, or what listens does not greet as an engine does. */
export class NoEngineError extends Error {
  override readonly name = 'NoEngineError';
}

export type SocketApi = Api & {
  close(): Promise<void>;
  /** Resolves when the connection is gone, whoever ended it. Requests that were open then are rejected. */
  readonly closed: Promise<void>;
};

const greetingTimeoutMs = 5000;

/** Connects to the engine that listens on `path`. Rejects with NoEngineError or OtherVersionError. */
export async function connectSocket(path: string, clock: Clock = systemClock): Promise<SocketApi> {
  await checkShortPath(path);
  const socket = connect(path);
  const hub = createPushHub();
  const exchange = createExchange((text) => socket.write(`${text}\n`), hub);
  const closed = Promise.withResolvers<void>();

  const cancelTimeout = clock.setTimer(greetingTimeoutMs, () => {
    exchange.lose(new NoEngineError('The engine does not greet.'));
    socket.destroy();
  });
  readLines(socket, exchange.receive);
  socket.on('error', (error) => exchange.lose(new NoEngineError(error.message, { cause: error })));
  socket.on('close', () => {
    exchange.lose(new NoEngineError('The engine hung up.'));
    hub.clear();
    closed.resolve();
  });

  try {
    await exchange.greeted;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    cancelTimeout();
  }
  return {
    ...buildApi(exchange.ask, hub),
    closed: closed.promise,
    close() {
      socket.destroy();
      return closed.promise;
    },
  };
}

function readLines(socket: Socket, take: (line: string) => void): void {
  const cut = createLineCutter(maxAnswerBytes);
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const line of cut(chunk)) take(line);
    } catch {
      // Junk from the other side: nothing that follows could be trusted.
      socket.destroy();
    }
  });
}

/** Never tell a key to whoever was first to make our directory under the temporary one. */
async function checkShortPath(path: string): Promise<void> {
  if (path.endsWith('engine.sock') || path.startsWith('\\\\.\\pipe\\')) return;
  try {
    await checkPrivateDirectory(dirname(path), process.getuid?.() ?? null);
  } catch (error) {
    throw new NoEngineError('The socket directory is not ours.', { cause: error });
  }
}
