import type { Clock } from '#ports/clock.ts';
import { createPushHub } from '#shared/api-client.ts';
import { failure } from '#shared/failure.ts';
import { type Api, ContractError, type Pushes, type PushName, requestNames } from '#shared/ipc.ts';
import type { Push } from '#shared/wire.ts';
import type { EngineConnection } from './connect-engine.ts';

/** An engine for as long as the process lives: its own, or the one that runs elsewhere, and the next one after that. */
export interface KeptEngine {
  /** Outlives every connection, with its listeners. While there is none, requests fail as `connection-broken`. */
  readonly api: Api;
  /** Null while the next engine is sought. */
  connection(): EngineConnection | null;
  /** Tells each new connection, and null when one is gone; the present one at once. Returns its undo. */
  onConnection(listener: (connection: EngineConnection | null) => void): () => void;
  /** Resolves when somebody asked the engine in this process to end. */
  readonly asked: Promise<void>;
  /** Stops the engine where it is ours, else hangs up. May be called again. */
  close(): Promise<void>;
}

/** 0.25 s, doubled up to 8 s. */
const firstPauseMs = 250;
const longestPauseMs = 8000;

export interface KeepOptions {
  readonly connect: () => Promise<EngineConnection>;
  readonly clock: Clock;
  /** The next engine could not be reached or opened; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** Rejects with what the first `connect` rejects with. */
export async function keepEngine(options: KeepOptions): Promise<KeptEngine> {
  const { engine, opened } = startEngine(options);
  await opened;
  return engine;
}

export interface StartingEngine {
  /** Without a connection at first. */
  readonly engine: KeptEngine;
  /** Resolves with the first connection. Rejects with what the first `connect` rejects with: none follows then. */
  readonly opened: Promise<void>;
}

/** For a host that has something to show before there is an engine. */
export function startEngine({ connect, clock, onTrouble }: KeepOptions): StartingEngine {
  const listeners = new Set<(connection: EngineConnection | null) => void>();
  const asked = Promise.withResolvers<void>();
  const closing = Promise.withResolvers<void>();
  const pushes = createPushRelay();
  let current: EngineConnection | null = null;
  let isClosed = false;

  function tell(connection: EngineConnection | null): void {
    current = connection;
    if (connection !== null) pushes.join(connection.api);
    for (const listener of [...listeners]) listener(connection);
  }

  async function follow(connection: EngineConnection): Promise<void> {
    for (let next: EngineConnection | null = connection; next !== null; next = await reconnect()) {
      tell(next);
      await Promise.race([next.ended, closing.promise]);
      if (isClosed) return;
      tell(null);
      await next.close();
      if (next.isOwner) return asked.resolve();
    }
  }

  /** Null: it is over meanwhile. */
  async function reconnect(): Promise<EngineConnection | null> {
    for (let pauseMs = firstPauseMs; !isClosed; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        const connection = await connect();
        if (!isClosed) return connection;
        await connection.close();
      } catch (error) {
        onTrouble(error);
        const { promise, resolve } = Promise.withResolvers<void>();
        const cancel = clock.setTimer(pauseMs, resolve);
        await Promise.race([promise, closing.promise]);
        cancel();
      }
    }
    return null;
  }

  const first = connect();
  const following = first.then(
    (connection) => (isClosed ? connection.close() : follow(connection)),
    () => {},
  );
  const engine: KeptEngine = {
    api: relayApi(() => current?.api ?? null, pushes.on),
    connection: () => current,
    onConnection(listener) {
      listeners.add(listener);
      listener(current);
      return () => void listeners.delete(listener);
    },
    asked: asked.promise,
    async close() {
      isClosed = true;
      closing.resolve();
      await following;
      await current?.close();
    },
  };
  return { engine, opened: first.then(() => {}) };
}

interface PushRelay {
  join(api: Api): void;
  readonly on: Api['on'];
}

/** Listens to an engine for those pushes only that somebody here listens for: the others are then not even made. */
function createPushRelay(): PushRelay {
  const hub = createPushHub();
  const wanted = new Set<PushName>();
  let api: Api | null = null;
  const listen = <P extends PushName>(from: Api, name: P) =>
    from.on(name, (payload: Pushes[P]) => hub.emit([{ name, payload } as Push]));
  return {
    join(next) {
      api = next;
      for (const name of wanted) listen(next, name);
    },
    on(name, listener) {
      const undo = hub.on(name, listener);
      if (!wanted.has(name) && api !== null) listen(api, name);
      wanted.add(name);
      return undo;
    },
  };
}

/** Every request goes to the engine of that moment. */
function relayApi(current: () => Api | null, on: Api['on']): Api {
  const request =
    (name: (typeof requestNames)[number]) =>
    async (...args: readonly unknown[]) => {
      const api = current();
      if (api === null) throw new ContractError(notConnected);
      return (api[name] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
    };
  // Built from the contract's own names, so that none can be missing; the types of each are the contract's.
  return { ...Object.fromEntries(requestNames.map((name) => [name, request(name)])), on } as Api;
}

const notConnected = failure('connection-broken', 'Hoist is starting again.', { host: 'Hoist' });
