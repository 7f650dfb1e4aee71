import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBandwidth } from '../../electron/transfer/bandwidth.ts';
import { chunkBytes, nextChunkBytes, smallestChunkBytes } from '../../electron/transfer/chunks.ts';
import { createProgress } from '../../electron/transfer/progress.ts';
import { watchStall } from '../../electron/transfer/stall-watch.ts';
import { createManualClock } from '../support/transfer-clock.ts';
import { createClient, createFile, expectKind, put, serveHttp } from '../support/transfer-stage.ts';

/** Somebody who always wants more. */
function takeAll(bandwidth: ReturnType<typeof createBandwidth>, wanted = 1 << 20) {
  const taker = { bytes: 0, pieces: [] as number[], stop: (): void => undefined };
  let undo: () => void = () => undefined;
  let isStopped = false;
  const next = () => {
    undo = bandwidth.take(wanted, (bytes) => {
      taker.bytes += bytes;
      taker.pieces.push(bytes);
      if (!isStopped) next();
    });
  };
  taker.stop = () => {
    isStopped = true;
    undo();
  };
  next();
  return taker;
}

describe('the bandwidth limit', () => {
  test('holds over time, for any limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1024, max: 50_000_000 }),
        fc.integer({ min: 1, max: 5 }),
        (limit, takers) => {
          const clock = createManualClock();
          const bandwidth = createBandwidth(clock);
          bandwidth.setLimit(limit);
          const all = Array.from({ length: takers }, () => takeAll(bandwidth));
          clock.advance(10_000);
          for (const taker of all) taker.stop();
          const total = all.reduce((sum, taker) => sum + taker.bytes, 0);
          const piece = Math.max(...all.flatMap((taker) => taker.pieces));
          expect(total).toBeGreaterThan(limit * 10 * 0.97);
          expect(total).toBeLessThanOrEqual(limit * 10 + 2 * piece);
          expect(piece).toBeLessThanOrEqual(Math.max(limit / 16, 512));
          const shares = all.map((taker) => taker.bytes);
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(2 * piece);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('is shared by small and large wishes in turns', () => {
    const clock = createManualClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(16_000);
    const large = takeAll(bandwidth, 1 << 20);
    const small = takeAll(bandwidth, 100);
    clock.advance(10_000);
    expect(Math.abs(large.pieces.length - small.pieces.length)).toBeLessThanOrEqual(2);
    large.stop();
    small.stop();
  });

  test('wakes everybody at once when it is lifted', () => {
    const clock = createManualClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(1024);
    const granted: number[] = [];
    for (let at = 0; at < 5; at += 1) bandwidth.take(100_000, (bytes) => granted.push(bytes));
    expect(granted).toEqual([512]);
    bandwidth.setLimit(null);
    expect(granted).toEqual([512, 100_000, 100_000, 100_000, 100_000]);
    expect(clock.pending).toBe(0);
  });

  test('takes a new rate for what is still owed', () => {
    const clock = createManualClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(1024);
    const taker = takeAll(bandwidth);
    clock.advance(100);
    bandwidth.setLimit(1_024_000);
    clock.advance(1000);
    expect(taker.bytes).toBeGreaterThan(990_000);
    expect(taker.bytes).toBeLessThan(1_150_000);
    taker.stop();
  });

  test('holds a transfer back, is no stall, and lets it go when it is lifted', async () => {
    const clock = createManualClock();
    const file = await createFile(300_000);
    const arrived = Promise.withResolvers<void>();
    const { origin } = await serveHttp((request, response) => {
      request.once('data', () => arrived.resolve());
      request.resume().on('end', () => response.end());
    });
    const client = createClient({ clock });
    client.transfer.setBandwidthLimit(1024);
    const progress: number[] = [];
    let outcome: unknown = null;

    const sending = client.transfer.send(put(file, origin, { onProgress: (bytes) => progress.push(bytes) }));
    sending.then((value) => {
      outcome = value;
    });
    await arrived.promise;
    for (let second = 0; second < 90; second += 1) {
      clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(outcome).toBeNull();
    expect(progress.at(-1)).toBeLessThanOrEqual(1024 * 91 + 512);
    client.transfer.setBandwidthLimit(null);

    expectKind(await sending, 'stored');
  });
});

describe('the stall watch', () => {
  function stage() {
    const clock = createManualClock();
    const state = { taken: 0, isIdle: false, stalls: 0 };
    const undo = watchStall({
      clock,
      stallMs: 60_000,
      taken: () => state.taken,
      isIdle: () => state.isIdle,
      onStall: () => {
        state.stalls += 1;
      },
    });
    return { clock, state, undo };
  }

  test('finds a transfer that does not move, once', () => {
    const { clock, state } = stage();
    clock.advance(59_000);
    expect(state.stalls).toBe(0);
    clock.advance(60_000);
    expect(state.stalls).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test('leaves a trickle alone', () => {
    const { clock, state, undo } = stage();
    for (let round = 0; round < 20; round += 1) {
      state.taken += 1;
      clock.advance(50_000);
    }
    expect(state.stalls).toBe(0);
    undo();
    expect(clock.pending).toBe(0);
  });

  test('does not count time in which we had nothing to give', () => {
    const { clock, state } = stage();
    clock.advance(50_000);
    state.isIdle = true;
    clock.advance(600_000);
    state.isIdle = false;
    clock.advance(55_000);
    expect(state.stalls).toBe(0);
    clock.advance(10_000);
    expect(state.stalls).toBe(1);
  });
});

test('progress is told ten times a second at most, never goes back, and ends with the newest', () => {
  const clock = createManualClock();
  const told: number[] = [];
  const progress = createProgress(clock, (bytes) => told.push(bytes));
  for (let bytes = 1; bytes <= 1000; bytes += 1) {
    progress.report(bytes);
    clock.advance(1);
  }
  progress.report(5);
  clock.advance(100);
  expect(told.length).toBeLessThanOrEqual(11);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(1000);
  progress.report(2000);
  progress.report(3000);
  progress.stop();
  clock.advance(1000);
  expect(told.at(-1)).toBe(2000);
});

test('pieces grow on a fast line and shrink on a slow one', () => {
  expect(nextChunkBytes(chunkBytes, 1)).toBe(chunkBytes);
  expect(nextChunkBytes(65_536, 100)).toBe(131_072);
  expect(nextChunkBytes(524_288, 5_000)).toBe(26_214);
  expect(nextChunkBytes(524_288, 600_000)).toBe(smallestChunkBytes);
});
