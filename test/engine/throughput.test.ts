import { expect, test } from 'vitest';
import type { Queue } from '#queue';
import type { QueueCounts } from '#shared/ipc.ts';
import { createThroughput } from '../../electron/engine/throughput.ts';
import { createManualClock } from '../support/manual-clock.ts';

const MB = 1_000_000;

async function throughput(
  bytesPerSecond: number,
  active: readonly (readonly [number, number, number | null])[],
) {
  const clock = createManualClock();
  const queue = {
    bytesPerSecond: () => bytesPerSecond,
    active: () =>
      active.map(([sizeBytes, bytesSent, speed]) => ({
        job: { file: { sizeBytes } },
        bytesSent,
        bytesPerSecond: speed,
      })) as unknown as ReturnType<Queue['active']>,
  } as Queue;
  const told = createThroughput(clock, queue);
  const bytesRemaining = active.reduce((sum, [sizeBytes]) => sum + sizeBytes, 0);
  told.counted({ byTab: { active: active.length, waiting: 0 }, bytesRemaining } as QueueCounts);
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
