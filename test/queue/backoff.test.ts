import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, probeDelayMs, throttleDelayMs } from '../../electron/queue/backoff.ts';

const most = () => 1;
const none = () => 0;

describe('backoff', () => {
  it.each([
    [0, 1000],
    [1, 1000],
    [2, 2000],
    [5, 16_000],
    [9, 256_000],
    [10, 300_000],
    [1000, 300_000],
  ])('attempt %i waits at most %i ms', (attempt, ceiling) => {
    expect(backoffMs(attempt, null, most)).toBe(ceiling);
    expect(backoffMs(attempt, null, none)).toBe(0);
  });

  it.each([
    [0, 0, 0],
    [-4, 0, 0],
    [5000, 5000, 5500],
    [60_000, 60_000, 61_000],
    [7_200_000, 3_600_000, 3_601_000],
  ])('a Retry-After of %i ms is kept: %i to %i', (stated, least, longest) => {
    expect(backoffMs(3, stated, none)).toBe(least);
    expect(backoffMs(3, stated, most)).toBe(longest);
  });

  it('is a whole, finite number of ms whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.option(fc.integer()),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, after, share) => {
          const ms = backoffMs(attempt, after, () => share);
          expect(Number.isInteger(ms) && ms >= 0 && ms <= 3_601_000).toBe(true);
        },
      ),
    );
  });

  it('probes after 1, 2, 4 … 60 s with up to a quarter more', () => {
    expect([0, 1, 2, 3, 6, 7, 99].map((count) => probeDelayMs(count, none))).toEqual([
      1000, 1000, 2000, 4000, 32_000, 60_000, 60_000,
    ]);
    expect(probeDelayMs(1, most)).toBe(1250);
    expect(probeDelayMs(99, most)).toBe(75_000);
  });

  it('a throttle without Retry-After waits 1 s doubling to 32 s plus up to 1 s', () => {
    expect([0, 1, 2, 6, 60].map((count) => throttleDelayMs(count, none))).toEqual([
      1000, 1000, 2000, 32_000, 32_000,
    ]);
    expect(throttleDelayMs(6, most)).toBe(33_000);
  });
});
