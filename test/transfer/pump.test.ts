import { expect, test } from 'vitest';
import type { Bandwidth } from '../../electron/transfer/bandwidth.ts';
import { startPump } from '../../electron/transfer/pump.ts';
import type { SourceFile } from '../../electron/transfer/source-file.ts';
import { createManualClock } from '../support/transfer-clock.ts';

const never: Bandwidth = { setLimit: () => undefined, isLimited: () => true, take: () => () => undefined };
const free: Bandwidth = { ...never, isLimited: () => false };

function stage(bandwidth: Bandwidth, read: SourceFile['read']) {
  const written: number[] = [];
  const source: SourceFile = {
    sizeBytes: 2_000_000,
    read,
    check: async () => undefined,
    verify: async () => null,
    close: async () => undefined,
  };
  const pump = startPump({
    source,
    bandwidth,
    wire: {
      write(bytes, taken) {
        written.push(bytes.length);
        taken(true);
      },
      end: (flushed) => flushed(true),
    },
    preamble: Buffer.from('<'),
    trailer: Buffer.from('>'),
    clock: createManualClock(),
    onTaken: () => undefined,
  });
  return { pump, written };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a pump that waits for the limit says so, gives nothing, and stops at once', async () => {
  const { pump, written } = stage(never, async () => undefined);
  await turn();
  expect(pump.state()).toMatchObject({ isHeld: true, fileBytes: 0, bodyBytes: 1, isAllGiven: false });
  pump.stop();
  await pump.done;
  await turn();
  expect(written).toEqual([1]);
  expect(pump.state()).toMatchObject({ isHeld: false, sha256: null });
});

test('a pump whose read never comes back stops at once', async () => {
  const { pump } = stage(free, () => new Promise(() => undefined));
  await turn();
  pump.stop();
  await pump.done;
  expect(pump.state().fileBytes).toBe(0);
});

test('a pump counts the file and the frame apart', async () => {
  const { pump, written } = stage(free, async () => undefined);
  await pump.done;
  expect(pump.state()).toMatchObject({ fileBytes: 2_000_000, bodyBytes: 2_000_002, isAllGiven: true });
  expect(written.reduce((sum, bytes) => sum + bytes, 0)).toBe(2_000_002);
  expect(Math.max(...written)).toBeLessThanOrEqual(512 * 1024);
});

test('a pump hands on why its file cannot be read', async () => {
  const reason = new Error('gone');
  const { pump } = stage(free, async (_into, position) => {
    if (position > 0) throw reason;
  });
  await expect(pump.done).rejects.toBe(reason);
  expect(pump.state().isAllGiven).toBe(false);
});
