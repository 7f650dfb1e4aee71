import type { Clock } from '#ports/clock.ts';
import type { PushRound } from '#shared/wire.ts';
import { openLink, type SocketLink } from './connect-socket.ts';
import type { Session } from './session.ts';

/**
 * A session with an engine in another process, over a connection of its own: what the client looks at, its temporary
 * folders and its pace are its own there, too. Rejects with NoEngineError or OtherVersionError.
 */
export async function openRemoteSession(
  path: string,
  clock: Clock,
  send: (round: PushRound) => boolean,
): Promise<Session> {
  /** Rounds that were on their way when the client stopped reading: at most one chunk of the connection. */
  const held: PushRound[] = [];
  // The first round may come with the greeting itself.
  let opened: SocketLink | null = null;
  const link = await openLink(path, clock, {
    emit(round) {
      if (held.length === 0 && send(round)) return;
      held.push(round);
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
