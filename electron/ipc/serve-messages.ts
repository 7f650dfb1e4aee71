import { answerMessage, greetingMessage, type PushRound, parseRequest, pushMessage } from '#shared/wire.ts';
import type { Session } from './session.ts';

/** Beyond this, pushes wait for the client to read. */
const maxPushBacklogBytes = 1024 * 1024;
/** Beyond this, its requests wait too: answers are never dropped, so no more of them may be made. */
const maxAnswerBacklogBytes = 4 * 1024 * 1024;
const maxRequestsAtOnce = 64;

/** One connection as a carrier of text messages, whatever it is. */
export interface MessageChannel {
  isOpen(): boolean;
  send(text: string): void;
  /** What was sent and is not taken yet, in bytes. */
  backlogBytes(): number;
  pause(): void;
  resume(): void;
  /** Hangs up at once: the other side does not speak our language. */
  destroy(): void;
}

export interface MessageService {
  receive(messages: readonly string[]): void;
  /** The client took what was sent. */
  drained(): void;
  /** The channel is gone. Resolves when its session is cleaned up. */
  ended(): Promise<void>;
}

/** Answers false when the client does not read: nothing was sent. */
export const pushTo =
  (channel: MessageChannel) =>
  (round: PushRound): boolean => {
    if (channel.backlogBytes() > maxPushBacklogBytes) return false;
    channel.send(pushMessage(round));
    return true;
  };

/** Greets, and serves the requests of one client in a session that was opened with `pushTo(channel)`. */
export function serveMessages(channel: MessageChannel, session: Session): MessageService {
  let waiting: string[] = [];
  let running = 0;

  /** Takes the next requests, as long as the client reads its answers. */
  function pump(): void {
    while (
      channel.isOpen() &&
      running < maxRequestsAtOnce &&
      channel.backlogBytes() <= maxAnswerBacklogBytes
    ) {
      const text = waiting.shift();
      if (text === undefined) {
        channel.resume();
        return;
      }
      running += 1;
      void answer(text);
    }
    channel.pause();
  }

  async function answer(text: string): Promise<void> {
    const request = parseRequest(text);
    if (request === null) channel.destroy();
    else {
      const answered = await session.dispatch(request.name, request.args);
      if (channel.isOpen()) channel.send(answerMessage(request.id, answered));
    }
    running -= 1;
    pump();
  }

  channel.send(greetingMessage());
  return {
    receive(messages) {
      waiting.push(...messages);
      pump();
    },
    drained() {
      session.drained();
      pump();
    },
    ended() {
      waiting = [];
      return session.close();
    },
  };
}
