/** Keeps a connection readable after a write on it failed, so that an answer which is already here is not lost. */
import type { Socket } from 'node:net';
import type { Clock } from '#ports/clock.ts';

/** The reading side of a broken connection ends by itself at once; this bounds the wait where it does not. */
const graceMs = 1_000;

type WriteDone = (error?: Error | null) => void;

const prepared = new WeakSet<Socket>();

/**
 * A store that refuses a request in the middle of its body answers, and closes. Our next write then fails, and Node
 * destroys the socket on it, unread answer and all: measured on loopback, up to nine of ten refusals were lost that way.
 * Here the write's failure is told only when the reading side has ended too (it destroys the socket itself, after what
 * was there has been read), or after a moment.
 */
export function hearLastWords(socket: Socket, clock: Clock): void {
  if (prepared.has(socket)) return;
  prepared.add(socket);
  const hold = (done: WriteDone): WriteDone => {
    return (error) => {
      if (!isPeerGone(error) || socket.destroyed) return done(error);
      const tell = () => {
        undo();
        socket.off('close', tell);
        done(error);
      };
      const undo = clock.setTimer(graceMs, tell);
      socket.once('close', tell);
    };
  };
  const write = socket._write.bind(socket);
  socket._write = (chunk, encoding, done) => write(chunk, encoding, hold(done));
  const writev = socket._writev?.bind(socket);
  if (writev !== undefined) socket._writev = (chunks, done) => writev(chunks, hold(done));
}

function isPeerGone(error: Error | null | undefined): boolean {
  const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
  return code === 'EPIPE' || code === 'ECONNRESET';
}
