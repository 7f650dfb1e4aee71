import { buildApi, type Exchange, type PushHub } from '#shared/api-client.ts';
import { failure } from '#shared/failure.ts';
import type { Api } from '#shared/ipc.ts';

export type ConnectionState = 'connected' | 'reconnecting';

export interface EngineLink {
  readonly api: Api;
  /** Tells the current state at once. */
  onState(listener: (state: ConnectionState) => void): () => void;
}

/**
 * The contract over whichever exchange there is at the moment, however it travels. While there is none, requests fail at
 * once; who listens goes on listening.
 */
export function createEngineLink(
  hub: PushHub,
  exchange: () => Exchange | null,
): { readonly link: EngineLink; tell(state: ConnectionState): void } {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'reconnecting';
  const ask: Parameters<typeof buildApi>[0] = (name, args) => {
    const own = exchange();
    return state === 'connected' && own !== null ? own.ask(name, args) : Promise.resolve(notConnected);
  };
  return {
    link: {
      api: buildApi(ask, hub),
      onState(listener) {
        listeners.add(listener);
        listener(state);
        return () => void listeners.delete(listener);
      },
    },
    tell(next) {
      if (state === next) return;
      state = next;
      for (const listener of [...listeners]) listener(next);
    },
  };
}

const notConnected = {
  ok: false as const,
  failure: failure('connection-broken', 'Hoist is not running.', { host: 'Hoist' }),
};
