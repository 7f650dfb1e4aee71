import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createManualClock } from '../support/transfer-clock.ts';
import {
  createClient,
  createFile,
  expectKind,
  put,
  readBody,
  type SentFile,
  serveHttp,
  serveTcp,
} from '../support/transfer-stage.ts';

const large = 24 * 1024 * 1024;
const xml =
  '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message><RequestId>REQ1</RequestId></Error>';

async function createLargeFile(): Promise<SentFile> {
  return await createFile(Buffer.alloc(large, 'abcdefg'));
}

const head = (status: string, body: string, more = '') =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/xml\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`;

describe('an answer', () => {
  test('that refuses is told in the words of the store', async () => {
    const file = await createFile(1000);
    const { origin } = await serveHttp(async (request, response) => {
      await readBody(request);
      response.writeHead(503, {
        'retry-after': '7',
        'x-amz-request-id': 'R2',
        date: 'Thu, 01 Jan 2026 01:00:00 GMT',
      });
      response.end('<Error><Code>SlowDown</Code><Message>Please reduce &amp; wait</Message></Error>');
    });
    const clock = createManualClock(Date.UTC(2026, 0, 1));

    const outcome = await createClient({ clock }).transfer.send(put(file, origin));

    expect(outcome).toEqual({
      kind: 'rejected',
      bytesSent: 1000,
      allBytesGiven: true,
      rejection: {
        status: 503,
        storeCode: 'SlowDown',
        message: 'Please reduce & wait',
        host: origin.slice(7),
        requestId: 'R2',
        retryAfterMs: 7000,
        skewMs: 3_600_000,
        bytesSent: 1000,
      },
    });
  });

  test.each([301, 302, 307, 308])('%i is not followed', async (status) => {
    const file = await createFile(1000);
    const seen: string[] = [];
    const { origin } = await serveHttp(async (request, response) => {
      seen.push(request.url ?? '');
      await readBody(request);
      response.writeHead(status, { location: '/elsewhere?token=1' }).end();
    });

    const outcome = await createClient().transfer.send(put(file, `${origin}/here`));

    expect(expectKind(outcome, 'rejected').rejection.status).toBe(status);
    expect(seen).toEqual(['/here']);
  });

  test.each(['close', 'reset', 'half-close', 'keep'] as const)(
    'that refuses before the body was read is heard (then: %s)',
    async (then) => {
      const file = await createLargeFile();
      const { transfer } = createClient();
      const { origin } = await serveTcp((socket) => {
        socket.once('data', () => {
          socket.pause();
          socket.write(head('403 Forbidden', xml), () => afterAnswer(socket, then));
        });
      });
      for (let round = 0; round < 20; round += 1) {
        const outcome = expectKind(await transfer.send(put(file, origin)), 'rejected');
        expect(outcome.rejection).toMatchObject({
          status: 403,
          storeCode: 'AccessDenied',
          requestId: 'REQ1',
        });
        expect(outcome.allBytesGiven).toBe(false);
        expect(outcome.bytesSent).toBeLessThan(large);
      }
    },
  );

  test('of success that came before the body was read is none', async () => {
    const file = await createLargeFile();
    const { origin } = await serveTcp((socket) => {
      socket.once('data', () => socket.pause().write(head('200 OK', '<html>Welcome to the hotel</html>')));
    });

    const outcome = expectKind(await createClient().transfer.send(put(file, origin)), 'rejected');

    expect(outcome.rejection).toMatchObject({
      status: 200,
      message: 'The store answered before it had read the whole file.',
    });
    expect(outcome.allBytesGiven).toBe(false);
  });

  test('with an endless body is cut', async () => {
    const file = await createFile(10);
    const { origin } = await serveHttp((_request, response) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      const more = () => response.write('e'.repeat(100_000), more);
      more();
    });

    const outcome = expectKind(await createClient().transfer.send(put(file, origin)), 'rejected');

    expect(outcome.rejection.status).toBe(500);
    expect(outcome.rejection.message.length).toBeLessThanOrEqual(500);
  });

  test('whose body breaks off still counts', async () => {
    const file = await createFile(10);
    const { origin } = await serveTcp((socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy()),
      );
    });
    expectKind(await createClient().transfer.send(put(file, origin)), 'stored');
  });

  test('that is not HTTP is told as such', async () => {
    const file = await createFile(10);
    const { origin } = await serveTcp((socket) => {
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
    });
    const outcome = expectKind(await createClient().transfer.send(put(file, origin)), 'broken');
    expect(outcome.failure.code).toBe('bad-answer');
  });
});

function afterAnswer(socket: Socket, then: 'close' | 'reset' | 'half-close' | 'keep'): void {
  if (then === 'close') socket.destroy();
  if (then === 'reset') socket.resetAndDestroy();
  if (then === 'half-close') socket.end();
}

describe('no answer', () => {
  test.each([0.1, 0.5, 0.99])('because the connection broke after %d of the body', async (share) => {
    const file = await createLargeFile();
    const { origin } = await serveTcp((socket) => {
      let received = 0;
      socket.on('data', (part) => {
        received += part.length;
        if (received >= large * share) socket.resetAndDestroy();
      });
    });

    const outcome = expectKind(await createClient().transfer.send(put(file, origin)), 'broken');

    expect(outcome.failure.code).toBe('connection-broken');
    expect(outcome.failure.facts.host).toBe(origin.slice(7));
    expect(outcome.bytesSent).toBeLessThanOrEqual(large);
    if (share <= 0.5) expect(outcome.allBytesGiven).toBe(false);
  });

  test('because the connection was closed after the last byte', async () => {
    const file = await createFile(1000);
    const { origin } = await serveTcp((socket) => {
      let received = '';
      socket.on('data', (part) => {
        received += part.toString('latin1');
        if (received.length - received.indexOf('\r\n\r\n') - 4 >= 1000) socket.destroy();
      });
    });

    const outcome = expectKind(await createClient().transfer.send(put(file, origin)), 'broken');

    expect(outcome).toMatchObject({
      bytesSent: 1000,
      allBytesGiven: true,
      failure: { code: 'connection-broken' },
    });
  });

  test('because nobody listens', async () => {
    for (const size of [0, 10]) {
      const outcome = await createClient().transfer.send(put(await createFile(size), 'http://127.0.0.1:1/'));
      expect(outcome).toMatchObject({ kind: 'broken', bytesSent: 0, allBytesGiven: false });
      expect(expectKind(outcome, 'broken').failure.code).toBe('unreachable');
    }
  });

  test('because there is no such host', async () => {
    const file = await createFile(10);
    const outcome = await createClient().transfer.send(put(file, 'https://no-such-host.invalid/x?sig=1'));
    expect(expectKind(outcome, 'broken').failure.code).toBe('unreachable');
  });

  test('within the time for one', async () => {
    const file = await createFile(1000);
    const clock = createManualClock();
    const { promise: read, resolve } = Promise.withResolvers<void>();
    const { origin } = await serveHttp((request) => {
      request.resume().on('end', () => resolve());
    });

    const sending = createClient({ clock }).transfer.send(put(file, origin));
    await read;
    await untilTimers(() => {
      clock.advance(120_000);
      return sending;
    });

    const outcome = expectKind(await sending, 'broken');
    expect(outcome).toMatchObject({ allBytesGiven: true, failure: { code: 'timeout' } });
  });

  test('because the other side stopped reading', async () => {
    const file = await createLargeFile();
    const clock = createManualClock();
    const { promise: stuck, resolve } = Promise.withResolvers<void>();
    const { origin } = await serveTcp((socket) => {
      socket.pause();
      resolve();
    });

    const sending = createClient({ clock }).transfer.send(put(file, origin));
    await stuck;
    await untilTimers(() => {
      clock.advance(5_000);
      return sending;
    });

    const outcome = expectKind(await sending, 'broken');
    expect(outcome.failure.code).toBe('stalled');
    expect(outcome.allBytesGiven).toBe(false);
  });
});

/** Moves a manual clock again and again, between turns of the event loop, until the promise is settled. */
async function untilTimers(step: () => Promise<unknown>): Promise<void> {
  let isOver = false;
  while (!isOver) {
    step().then(
      () => {
        isOver = true;
      },
      () => {
        isOver = true;
      },
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
}
