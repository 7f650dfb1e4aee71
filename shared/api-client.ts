/** The contract on the caller's side: whoever carries the messages, the api above them is the same. */
import { type Failure, failure } from './failure.ts';
import { type Api, ContractError, type Pushes, type PushName, pushNames, requestNames } from './ipc.ts';
import { type AnyAnswer, type Push, type PushRound, parseServerMessage, protocol } from './wire.ts';

/** The listeners of one client. They outlive a connection: a client that connects anew keeps its hub. */
export interface PushHub {
  emit(round: PushRound): void;
  on<P extends PushName>(name: P, listener: (payload: Pushes[P]) => void): () => void;
  has(name: PushName): boolean;
  clear(): void;
}

type Listener = (payload: never) => void;

export function createPushHub(): PushHub {
  const listeners = new Map<string, Set<Listener>>();
  return {
    emit(round) {
      for (const { name, payload } of round) {
        for (const listener of [...(listeners.get(name) ?? [])]) listener(payload as never);
      }
    },
    on(name, listener) {
      if (!Object.hasOwn(pushNames, name)) throw new TypeError(`There is no push "${name}".`);
      const own = listeners.get(name) ?? new Set();
      listeners.set(name, own.add(listener));
      return () => void own.delete(listener);
    },
    has: (name) => (listeners.get(name)?.size ?? 0) > 0,
    clear: () => listeners.clear(),
  };
}

/** The contract as a caller holds it: answers unwrapped into a value, or a ContractError. */
export function buildApi(
  ask: (name: string, args: readonly unknown[]) => Promise<AnyAnswer>,
  hub: PushHub,
): Api {
  const request =
    (name: string) =>
    async (...args: readonly unknown[]) => {
      const answer = await ask(name, args);
      if (answer.ok) return answer.value;
      throw new ContractError(answer.failure);
    };
  const requests = Object.fromEntries(requestNames.map((name) => [name, request(name)]));
  // Built from the contract's own names, so that none can be missing; the types of each are the contract's.
  return { ...requests, on: hub.on } as Api;
}

/** The engine that answers speaks another version of the protocol. */
export class OtherVersionError extends Error {
  override readonly name = 'OtherVersionError';
}

/** What a request gets whose connection is gone. */
const connectionLost: Failure = failure('connection-broken', 'The engine that ran has ended.', {
  host: 'the engine',
});

/** Whether a request failed because the engine at the other end is gone, not because of the request. */
export const isConnectionLost = (error: unknown): boolean =>
  error instanceof ContractError && error.failure === connectionLost;

/** One connection's requests and their answers. It knows messages, not what carries them. */
export interface Exchange {
  /** Sends a request. Never rejects: where the connection is gone, that is the answer. */
  ask(name: string, args: readonly unknown[]): Promise<AnyAnswer>;
  /** Takes one message of the other side. Throws on what no engine says: nothing that follows could be trusted. */
  receive(text: string): void;
  /** Resolves when the engine has greeted; rejects with OtherVersionError, or with what `lose` was given. */
  readonly greeted: Promise<void>;
  /** The connection is gone: requests that are open, and all that follow, are answered so. May be called again. */
  lose(error: Error): void;
}

/** `send` puts one message on the wire; pushes go to the hub. */
export function createExchange(send: (text: string) => void, hub: Pick<PushHub, 'emit'>): Exchange {
  const open = new Map<number, (answer: AnyAnswer) => void>();
  const greeted = Promise.withResolvers<void>();
  // Whoever wants to know awaits it; nobody has to.
  greeted.promise.catch(() => {});
  let lastId = 0;
  let isLost = false;

  return {
    greeted: greeted.promise,
    ask(name, args) {
      if (isLost) return Promise.resolve({ ok: false, failure: connectionLost });
      const id = ++lastId;
      return new Promise((resolve) => {
        open.set(id, resolve);
        send(JSON.stringify({ id, name, args }));
      });
    },
    receive(text) {
      const message = parseServerMessage(text);
      if ('hoist' in message) {
        if (message.hoist === protocol) greeted.resolve();
        else greeted.reject(new OtherVersionError('Another version of Hoist is running.'));
      } else if ('id' in message) {
        const answer = open.get(message.id);
        open.delete(message.id);
        // The value is the engine's own, of the type that the contract gives this request.
        answer?.(message.answer as AnyAnswer);
      } else {
        // Each payload is the engine's own, of the type that the contract gives its name.
        hub.emit(message.pushes.filter(({ name }) => isPushName(name)) as Push[]);
      }
    },
    lose(error) {
      isLost = true;
      greeted.reject(error);
      for (const answer of open.values()) answer({ ok: false, failure: connectionLost });
      open.clear();
    },
  };
}

const isPushName = (name: string): boolean => Object.hasOwn(pushNames, name);
