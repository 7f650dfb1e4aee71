import { expect, test } from 'vitest';
import { remainingMsOf } from '../../electron/engine/remaining.ts';

const MB = 1_000_000;

/** Of a file of 20 MB, 10 of which are sent. */
const remaining = (bytesPerSecond: number | null, meanBytesPerSecond: number | null) =>
  remainingMsOf({
    job: { file: { sizeBytes: 20 * MB } },
    bytesSent: 10 * MB,
    bytesPerSecond,
    meanBytesPerSecond,
  } as Parameters<typeof remainingMsOf>[0]);

test.each([
  ['at its speed', MB, MB, 10_000],
  ['at its speed of now, where it is only slower than before', 0.5 * MB, MB, 20_000],
  ['at what it did so far, where it comes to rest', 2000, MB, 10_000],
  ['not known while it rests', 0, MB, null],
  ['not known before it has a speed', null, null, null],
])('%s', (_, speed, mean, ms) => {
  expect(remaining(speed, mean)).toBe(ms);
});
