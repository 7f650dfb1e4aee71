/** A kept engine whose connections come and go when a test says so; behind each is an engine in memory. */

import { onTestFinished } from 'vitest';
import { createSession, type EngineConnection, type KeptEngine, localApi } from '#ipc';
import type { Clock } from '#ports/clock.ts';
import { failure } from '#shared/failure.ts';
import { type Api, ContractError } from '#shared/ipc.ts';
import { createFakeEngine, type FakeEngine, type FakeOptions } from './fake-engine.ts';

export interface FakeKeptEngine extends KeptEngine {
  /** Of the connection that is there, or was there last. */
  readonly engine: FakeEngine;
  lose(): void;
  /** Another engine takes over. */
  join(options?: FakeOptions): FakeEngine;
}

export function fakeKeptEngine(clock: Clock, options: FakeOptions = {}): FakeKeptEngine {
  const listeners = new Set<(connection: EngineConnection | null) => void>();
  let engine = createFakeEngine(options);
  let current: EngineConnection | null = connect(engine, clock);

  const tell = (connection: EngineConnection | null) => {
    current = connection;
    for (const listener of [...listeners]) listener(connection);
  };
  /** Each request goes to the engine of that moment. */
  const api = new Proxy({} as Api, {
    get(_target, name) {
      if (current === null) throw new ContractError(failure('connection-broken'));
      return current.api[name as keyof Api];
    },
  });
  return {
    get engine() {
      return engine;
    },
    api,
    connection: () => current,
    onConnection(listener) {
      listeners.add(listener);
      listener(current);
      return () => void listeners.delete(listener);
    },
    asked: new Promise(() => {}),
    close: async () => {},
    lose: () => tell(null),
    join(more = {}) {
      engine = createFakeEngine(more);
      tell(connect(engine, clock));
      return engine;
    },
  };
}

function connect(engine: FakeEngine, clock: Clock): EngineConnection {
  const api = localApi(engine.service, clock);
  onTestFinished(() => api.close());
  return {
    api,
    isOwner: true,
    ended: new Promise(() => {}),
    hasEnded: () => false,
    openSession: async (send) => createSession(engine.service, clock, send),
    close: () => api.close(),
  };
}
