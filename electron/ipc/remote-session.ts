import type { Clock } from '#ports/clock.ts';
import type { Push } from '#shared/wire.ts';
import { openLink, type SocketLink } from './connect-socket.ts';
import type { Session } from './session.ts';

/**
 * A session with an engine in another process, over a connection of its own: what the client looks at, its temporary
 * folders and its pace are its own there, too. Rejects with NoEngineError or OtherVersionError.
 */
export async function openRemoteSession(
  path: string,
  clock: Clock,
  send: (push: Push) => boolean,
): Promise<Session> {
  /** Pushes that were on their way when the client stopped reading: at most one chunk of the connection. */
  const held: Push[] = [];
  // The first push may come with the greeting itself.
  let opened: SocketLink | null = null;
  const link = await openLink(path, clock, {
    emit(push) {
      if (held.length === 0 && send(push)) return;
      held.push(push);
      // The engine over there sees a client that does not read, and tells the newest values afterwards.
      opened?.pause();
    },
  });
  opened = link;
  if (held.length > 0) link.pause();
  return {
    dispatch: (name, rawArgs) => link.ask(name, rawArgs),
    drained() {
      while (held[0] !== undefined) {
        if (!send(held[0])) return;
        held.shift();
      }
      link.resume();
    },
    close: () => link.close(),
  };
}
