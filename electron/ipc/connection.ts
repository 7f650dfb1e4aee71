import type { Socket } from 'node:net';
import type { Clock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { answerMessage, greetingMessage, maxRequestBytes, parseRequest, pushMessage } from '#shared/wire.ts';
import { createLineCutter } from './lines.ts';
import { createSession, type SessionOptions } from './session.ts';

/** Beyond this, pushes wait for the client to read. */
const maxPushBacklogBytes = 1024 * 1024;
/** Beyond this, its requests wait too: answers are never dropped, so no more of them may be made. */
const maxAnswerBacklogBytes = 4 * 1024 * 1024;
const maxRequestsAtOnce = 64;

/** Serves one connection of the local socket until either side ends it. Resolves when its session is cleaned up. */
export function serveConnection(
  socket: Socket,
  service: EngineService,
  clock: Clock,
  options: Omit<SessionOptions, 'wants'>,
): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const cut = createLineCutter(maxRequestBytes);
  const lines: string[] = [];
  let running = 0;

  const isBacklogged = () => socket.writableLength > maxAnswerBacklogBytes;
  const session = createSession(
    service,
    clock,
    (push) => {
      if (socket.writableLength > maxPushBacklogBytes) return false;
      socket.write(`${pushMessage(push)}\n`);
      return true;
    },
    options,
  );

  /** Takes the next requests, as long as the client reads its answers. */
  function pump(): void {
    while (!socket.destroyed && running < maxRequestsAtOnce && !isBacklogged()) {
      const line = lines.shift();
      if (line === undefined) {
        socket.resume();
        return;
      }
      running += 1;
      void answer(line);
    }
    socket.pause();
  }

  async function answer(line: string): Promise<void> {
    const request = parseRequest(line);
    if (request === null) socket.destroy();
    else {
      const answered = await session.dispatch(request.name, request.args);
      if (!socket.destroyed) socket.write(`${answerMessage(request.id, answered)}\n`);
    }
    running -= 1;
    pump();
  }

  socket.on('data', (chunk: Buffer) => {
    try {
      lines.push(...cut(chunk));
    } catch {
      socket.destroy();
      return;
    }
    pump();
  });
  socket.on('drain', () => {
    session.drained();
    pump();
  });
  // A connection that breaks is a client that is gone; `close` follows.
  socket.on('error', () => {});
  socket.on('close', () => {
    lines.length = 0;
    void session.close().then(resolve);
  });
  socket.write(`${greetingMessage()}\n`);
  return ended;
}
