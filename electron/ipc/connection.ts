import type { Socket } from 'node:net';
import type { Clock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { maxRequestBytes } from '#shared/wire.ts';
import { createLineCutter } from './lines.ts';
import { type MessageChannel, pushTo, serveMessages } from './serve-messages.ts';
import { createSession, type SessionOptions } from './session.ts';

/** Serves one connection of the local socket until either side ends it. Resolves when its session is cleaned up. */
export function serveConnection(
  socket: Socket,
  service: EngineService,
  clock: Clock,
  options: Omit<SessionOptions, 'wants'>,
): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const cut = createLineCutter(maxRequestBytes);
  const channel: MessageChannel = {
    isOpen: () => !socket.destroyed,
    send: (text) => void socket.write(`${text}\n`),
    backlogBytes: () => socket.writableLength,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    destroy: () => void socket.destroy(),
  };
  const messages = serveMessages(channel, createSession(service, clock, pushTo(channel), options));

  socket.on('data', (chunk: Buffer) => {
    try {
      messages.receive(cut(chunk));
    } catch {
      socket.destroy();
    }
  });
  socket.on('drain', messages.drained);
  // A connection that breaks is a client that is gone; `close` follows.
  socket.on('error', () => {});
  socket.on('close', () => void messages.ended().then(resolve));
  return ended;
}
