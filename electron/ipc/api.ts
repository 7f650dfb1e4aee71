import { type Api, ContractError, type Pushes, type PushName, pushNames, requestNames } from '#shared/ipc.ts';
import type { AnyAnswer } from './dispatch.ts';
import type { Push } from './push-rounds.ts';

/** The listeners of one client. */
export interface PushHub {
  emit(push: Push): void;
  on<P extends PushName>(name: P, listener: (payload: Pushes[P]) => void): () => void;
  has(name: PushName): boolean;
  clear(): void;
}

type Listener = (payload: never) => void;

export function createPushHub(): PushHub {
  const listeners = new Map<string, Set<Listener>>();
  return {
    emit({ name, payload }) {
      for (const listener of [...(listeners.get(name) ?? [])]) listener(payload as never);
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
