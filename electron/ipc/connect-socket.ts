import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { type Clock, systemClock } from '#ports/clock.ts';
import { type Failure, failure } from '#shared/failure.ts';
import { type Api, ContractError, type PushName, pushNames } from '#shared/ipc.ts';
import { buildApi, createPushHub, type PushHub } from './api.ts';
import type { AnyAnswer } from './dispatch.ts';
import { createLineCutter } from './lines.ts';
import { checkPrivateDirectory } from './private-directory.ts';
import type { Push } from './push-rounds.ts';
import { maxAnswerBytes, protocol, serverMessageSchema } from './wire.ts';

/** Nobody listens there, or what listens does not greet as an engine does. */
export class NoEngineError extends Error {
  override readonly name = 'NoEngineError';
}

/** The engine that listens speaks another version of the protocol. */
export class OtherVersionError extends Error {
  override readonly name = 'OtherVersionError';
}

export type SocketApi = Api & {
  close(): Promise<void>;
  /** Resolves when the connection is gone, whoever ended it. Requests that were open then are rejected. */
  readonly closed: Promise<void>;
};

const greetingTimeoutMs = 5000;

/** What a request gets whose connection is gone. */
const connectionLost: Failure = failure('connection-broken', 'The engine that ran has ended.', {
  host: 'the engine',
});

/** Whether a request failed because the engine at the other end is gone, not because of the request. */
export const isConnectionLost = (error: unknown): boolean =>
  error instanceof ContractError && error.failure === connectionLost;

/** Connects to the engine that listens on `path`. Rejects with NoEngineError or OtherVersionError. */
export async function connectSocket(path: string, clock: Clock = systemClock): Promise<SocketApi> {
  await checkShortPath(path);
  const socket = connect(path);
  const hub = createPushHub();
  const open = new Map<number, (answer: AnyAnswer) => void>();
  const greeted = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let lastId = 0;

  const cancelTimeout = clock.setTimer(greetingTimeoutMs, () => {
    greeted.reject(new NoEngineError('The engine does not greet.'));
    socket.destroy();
  });
  readLines(socket, (line) => receive(line, { open, hub, greeted }));
  socket.on('error', (error) => greeted.reject(new NoEngineError(error.message, { cause: error })));
  socket.on('close', () => {
    greeted.reject(new NoEngineError('The engine hung up.'));
    for (const answer of open.values()) answer({ ok: false, failure: connectionLost });
    open.clear();
    hub.clear();
    closed.resolve();
  });

  function ask(name: string, args: readonly unknown[]): Promise<AnyAnswer> {
    if (socket.destroyed) return Promise.resolve({ ok: false, failure: connectionLost });
    const id = ++lastId;
    return new Promise((resolve) => {
      open.set(id, resolve);
      socket.write(`${JSON.stringify({ id, name, args })}\n`);
    });
  }

  try {
    await greeted.promise;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    cancelTimeout();
  }
  return {
    ...buildApi(ask, hub),
    closed: closed.promise,
    close() {
      socket.destroy();
      return closed.promise;
    },
  };
}

interface Receiver {
  readonly open: Map<number, (answer: AnyAnswer) => void>;
  readonly hub: PushHub;
  readonly greeted: PromiseWithResolvers<void>;
}

/** Throws on what no engine says. */
function receive(line: string, { open, hub, greeted }: Receiver): void {
  const message = serverMessageSchema.parse(JSON.parse(line));
  if ('hoist' in message) {
    if (message.hoist === protocol) greeted.resolve();
    else greeted.reject(new OtherVersionError('Another version of Hoist is running on this data directory.'));
  } else if ('id' in message) {
    const answer = open.get(message.id);
    open.delete(message.id);
    // The value is the engine's own, of the type that the contract gives this request.
    answer?.(message.answer as AnyAnswer);
  } else if (isPushName(message.push)) {
    hub.emit({ name: message.push, payload: message.payload } as Push);
  }
}

const isPushName = (name: string): name is PushName => Object.hasOwn(pushNames, name);

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
