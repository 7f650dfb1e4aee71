import { expect, test } from 'vitest';
import { expectedMsOf, remainingMsOf } from '../../electron/engine/remaining.ts';

const MB = 1_000_000;

/** Of a file of 20 MB, 10 of which are sent. */
const half = (bytesPerSecond: number | null, meanBytesPerSecond: number | null) =>
  ({
    job: { file: { sizeBytes: 20 * MB } },
    bytesSent: 10 * MB,
    bytesPerSecond,
    meanBytesPerSecond,
  }) as Parameters<typeof remainingMsOf>[0];

test.each([
  ['at its speed', MB, MB, 10_000, 10_000],
  ['at its speed of now, where it is only slower than before', 0.5 * MB, MB, 20_000, 20_000],
  ['where it comes to rest: none beside its speed, in the total what it did so far', 2000, MB, null, 10_000],
  ['not known while it rests', 0, MB, null, null],
  ['not known before it has a speed', null, null, null, null],
])('%s', (_, speed, mean, inItsRow, inTheTotal) => {
  expect(remainingMsOf(half(speed, mean))).toBe(inItsRow);
  expect(expectedMsOf(half(speed, mean))).toBe(inTheTotal);
});
