import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { type Clock, systemClock } from '#ports/clock.ts';
import { buildApi, createExchange, createPushHub, type Exchange, type PushHub } from '#shared/api-client.ts';
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

/** A connection that has been greeted. */
export interface SocketLink {
  readonly ask: Exchange['ask'];
  readonly closed: Promise<void>;
  /** Reads nothing for now: the engine then waits with what it would tell. What has come already is still told. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

const greetingTimeoutMs = 5000;

/** Connects to the engine that listens on `path`. Rejects with NoEngineError or OtherVersionError. */
export async function connectSocket(path: string, clock: Clock = systemClock): Promise<SocketApi> {
  const hub = createPushHub();
  const { ask, closed, close } = await openLink(path, clock, hub);
  void closed.then(hub.clear);
  return { ...buildApi(ask, hub), closed, close };
}

/** The same, for whoever passes requests and pushes on. */
export async function openLink(path: string, clock: Clock, hub: Pick<PushHub, 'emit'>): Promise<SocketLink> {
  await checkShortPath(path);
  const socket = connect(path);
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
    ask: exchange.ask,
    closed: closed.promise,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
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
