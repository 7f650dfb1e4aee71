import { expect, test } from 'vitest';
import type { Queue } from '#queue';
import type { QueueCounts } from '#shared/ipc.ts';
import { createThroughput } from '../../electron/engine/throughput.ts';
import { createManualClock } from '../support/manual-clock.ts';

const MB = 1_000_000;

async function throughput(
  bytesPerSecond: number,
  active: readonly (readonly [size: number, sent: number, speed: number | null])[],
) {
  const clock = createManualClock();
  const queue = {
    bytesPerSecond: () => bytesPerSecond,
    active: () =>
      active.map(([sizeBytes, bytesSent, speed]) => ({
        job: { file: { sizeBytes }, state: { name: 'uploading' } },
        bytesSent,
        bytesPerSecond: speed,
      })) as unknown as ReturnType<Queue['active']>,
  } as Queue;
  const told = createThroughput(clock, queue);
  const bytesRemaining = active.reduce((sum, [sizeBytes]) => sum + sizeBytes, 0);
  told.counting()({
    byTab: { active: active.length, waiting: 0 },
    bytesRemaining,
    bytesArrived: 0,
  } as QueueCounts);
  told.read();
  await clock.advance(3000);
  return told.read();
}

test('what is left takes as long as its bytes do at the speed of all', async () => {
  expect((await throughput(2 * MB, [[20 * MB, 0, 2 * MB]])).remainingMs).toBe(10_000);
});

test('all is not done before the slowest file is', async () => {
  const told = await throughput(10 * MB, [
    [90 * MB, 0, 9 * MB],
    [40 * MB, 10 * MB, 1 * MB],
  ]);
  expect(told).toMatchObject({ bytesRemaining: 120 * MB, remainingMs: 30_000 });
});

test('a file that rests or has just begun says nothing of the time', async () => {
  const told = await throughput(1 * MB, [
    [10 * MB, 0, 1 * MB],
    [10 * MB, 5 * MB, 0],
    [10 * MB, 5 * MB, null],
  ]);
  expect(told.remainingMs).toBe(20_000);
});

test('a moment between two files is no reason to say nothing', async () => {
  const clock = createManualClock();
  let speed = MB;
  const queue = { bytesPerSecond: () => speed, active: () => [] as ReturnType<Queue['active']> } as Queue;
  const told = createThroughput(clock, queue);
  told.counting()({
    byTab: { active: 1, waiting: 0 },
    bytesRemaining: 5 * MB,
    bytesArrived: 0,
  } as QueueCounts);
  const after = async (ms: number, bytesPerSecond: number) => {
    await clock.advance(ms);
    speed = bytesPerSecond;
    return told.read().remainingMs;
  };
  expect(await after(0, MB)).toBeNull();
  expect(await after(3000, MB)).toBe(5000);
  expect(await after(100, 0)).toBeNull();
  expect(await after(100, MB)).toBe(5000);
  // So long a rest is one: the speed has to be steady again.
  expect(await after(100, 0)).toBeNull();
  expect(await after(3000, MB)).toBeNull();
  expect(await after(3000, MB)).toBe(5000);
});

test('what has arrived does not have to go, whether the counts know it, and whether it is asked about just now', () => {
  const running: { readonly id: number; readonly state: string; readonly bytesSent: number }[] = [];
  const queue = {
    bytesPerSecond: () => 0,
    active: () =>
      running.map(({ id, state, bytesSent }) => ({
        job: { id, file: { sizeBytes: 4 * MB }, state: { name: state } },
        bytesSent,
        bytesPerSecond: null,
      })) as unknown as ReturnType<Queue['active']>,
  } as Queue;
  const told = createThroughput(createManualClock(), queue);
  const count = (bytesArrived: number) =>
    told.counting()({
      byTab: { active: 3, waiting: 0 },
      bytesRemaining: 12 * MB,
      bytesArrived,
    } as QueueCounts);
  running.push({ id: 1, state: 'uploading', bytesSent: MB });
  count(0);
  expect(told.read().bytesRemaining).toBe(11 * MB);
  // The counts are older than its arrival.
  running[0] = { id: 1, state: 'completing', bytesSent: 4 * MB };
  expect(told.read().bytesRemaining).toBe(8 * MB);
  count(4 * MB);
  expect(told.read().bytesRemaining).toBe(8 * MB);
  // Between two questions about it, nothing runs.
  running.length = 0;
  expect(told.read().bytesRemaining).toBe(8 * MB);
  running.push({ id: 2, state: 'uploading', bytesSent: 2 * MB });
  expect(told.read().bytesRemaining).toBe(6 * MB);
});
