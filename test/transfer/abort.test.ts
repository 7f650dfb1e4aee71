import events from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { TransferRequest } from '#ports/transfer.ts';
import { createManualClock } from '../support/transfer-clock.ts';
import {
  createClient,
  createFile,
  openDescriptors,
  put,
  type SentFile,
  serveTcp,
} from '../support/transfer-stage.ts';

const large = 24 * 1024 * 1024;

interface Phase {
  readonly file: SentFile;
  readonly request: (signal: AbortSignal) => TransferRequest;
  /** Resolves when the transfer is in the phase. */
  readonly reached: Promise<void>;
  readonly closed: Promise<void>;
}

/** A server that lets a transfer come so far and no further. */
async function stage(phase: 'handshake' | 'sending' | 'held' | 'waiting' | 'answering'): Promise<Phase> {
  const file = await createFile(phase === 'waiting' || phase === 'answering' ? 1000 : Buffer.alloc(large));
  const reached = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const act: Record<typeof phase, (socket: Socket) => void> = {
    handshake: (socket) => socket.once('data', () => reached.resolve()),
    sending: (socket) =>
      socket.once('data', () => {
        reached.resolve();
        // Goes on reading only so that it sees the end.
        setImmediate(() => socket.resume());
        socket.pause();
      }),
    held: (socket) => socket.once('data', () => reached.resolve()).resume(),
    waiting: (socket) => {
      let received = 0;
      socket.on('data', (part) => {
        received += part.length;
        if (received > 1000) reached.resolve();
      });
    },
    answering: (socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 500 X\r\ncontent-length: 9\r\n\r\nhal', () => reached.resolve()),
      ),
  };
  const { origin, port } = await serveTcp((socket) => {
    socket.once('close', () => closed.resolve());
    socket.once('end', () => socket.end());
    act[phase](socket);
  });
  const url = phase === 'handshake' ? `https://127.0.0.1:${port}/` : origin;
  return {
    file,
    request: (signal) => put(file, url, { signal }),
    reached: reached.promise,
    closed: closed.promise,
  };
}

describe('an abort', () => {
  test.each(['handshake', 'sending', 'held', 'waiting', 'answering'] as const)(
    'while %s rejects with its reason and closes file and socket',
    async (phase) => {
      const clock = createManualClock();
      const { file, request, reached, closed } = await stage(phase);
      const { transfer } = createClient({ clock });
      if (phase === 'held') transfer.setBandwidthLimit(1024);
      const abort = new AbortController();
      const reason = new Error('paused');

      const sending = transfer.send(request(abort.signal));
      await reached;
      if (process.platform === 'linux') expect(await openDescriptors()).toContain(file.path);
      abort.abort(reason);

      await expect(sending).rejects.toBe(reason);
      expect(await openDescriptors()).not.toContain(file.path);
      await closed;
      expect(clock.pending).toBe(0);
    },
  );

  test('before the start opens nothing', async () => {
    const file = await createFile(10);
    const reason = new Error('early');
    const sending = createClient().transfer.send(
      put(file, 'http://127.0.0.1:1/', { signal: AbortSignal.abort(reason) }),
    );
    await expect(sending).rejects.toBe(reason);
  });

  test('right after the start, before there is a request, does the same', async () => {
    const { file, request } = await stage('sending');
    const abort = new AbortController();
    const sending = createClient().transfer.send(request(abort.signal));
    abort.abort('now');
    await expect(sending).rejects.toBe('now');
    expect(await openDescriptors()).not.toContain(file.path);
  });

  test('leaves other transfers and the listeners of its signal alone', async () => {
    const { request, reached } = await stage('sending');
    const abort = new AbortController();
    const client = createClient();
    const sending = client.transfer.send(request(abort.signal));
    await reached;
    await client.close();
    expect(await sending).toMatchObject({ kind: 'broken', failure: { code: 'connection-broken' } });
    expect(events.getEventListeners(abort.signal, 'abort')).toEqual([]);
  });
});
