import type { Clock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { buildApi, createPushHub } from '#shared/api-client.ts';
import type { Api } from '#shared/ipc.ts';
import { createSession, type SessionOptions } from './session.ts';

/** The contract without a wire, for the process that runs the engine. Arguments are parsed all the same. */
export function localApi(
  service: EngineService,
  clock: Clock,
  options: Omit<SessionOptions, 'wants'> = {},
): Api & { close(): Promise<void> } {
  const hub = createPushHub();
  const session = createSession(
    service,
    clock,
    (round) => {
      hub.emit(round);
      return true;
    },
    { ...options, wants: hub.has },
  );
  return {
    ...buildApi(session.dispatch, hub),
    close() {
      hub.clear();
      return session.close();
    },
  };
}
