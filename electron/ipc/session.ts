import type { Clock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { type PushName, requestNames } from '#shared/ipc.ts';
import type { AnyAnswer, PushRound } from '#shared/wire.ts';
import { type BugReporter, dispatchRequest, type Handlers } from './dispatch.ts';
import { createPushRounds } from './push-rounds.ts';
import { createTemporaryFolders } from './temporary-folders.ts';

/** What stands between an engine and one client of it: a window, a terminal, a connection. */
export interface Session {
  /** Never rejects: every failure is an answer. */
  dispatch(name: string, rawArgs: readonly unknown[]): Promise<AnyAnswer>;
  /** The client reads again, after `send` had answered false. */
  drained(): void;
  /** No push after this call. Resolves when what the client left behind (its temporary folders) is gone. */
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Whether anybody listens. Absent: every push is wanted. */
  readonly wants?: (name: PushName) => boolean;
  /** Instead of the engine's own `shutdown`: the process that owns the engine ends it and itself. */
  readonly shutdown?: () => void;
  readonly onBug?: BugReporter;
}

/**
 * Serves one client. `send` answers false when the client does not read: that round is told anew after `drained`, with
 * the values of then, so a slow client costs no memory.
 */
export function createSession(
  service: EngineService,
  clock: Clock,
  send: (round: PushRound) => boolean,
  options: SessionOptions = {},
): Session {
  const onBug = options.onBug ?? (() => {});
  const temporary = createTemporaryFolders(service);
  const pushes = createPushRounds(service, clock, {
    send,
    wants: options.wants ?? (() => true),
    onBug: (error) => onBug('push', error),
  });
  const handlers: Handlers = {
    ...bindRequests(service),
    ...temporary.handlers,
    ...(options.shutdown === undefined ? {} : { shutdown: options.shutdown }),
    view: (ids) => pushes.view(ids),
  };
  return {
    dispatch: (name, rawArgs) => dispatchRequest(handlers, name, rawArgs, onBug),
    drained: () => pushes.drained(),
    close() {
      pushes.close();
      return temporary.removeAll();
    },
  };
}

/** The engine's requests as functions of their own; they stay calls on the service, whatever it is made of. */
function bindRequests(service: EngineService): Omit<Handlers, 'view'> {
  const call = service as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
  const names = requestNames.filter((name) => name !== 'view');
  const bound = names.map((name) => [name, (...args: readonly unknown[]) => call[name]?.(...args)]);
  // The names are the contract's own, and EngineService has a method for each of them.
  return Object.fromEntries(bound) as Omit<Handlers, 'view'>;
}
