import { expect, test } from 'vitest';
import { remainingMsOf } from '../../electron/engine/remaining.ts';

const MB = 1_000_000;

test.each([
  ['at its speed', MB, 10_000],
  ['not known while it rests', 0, null],
  ['not known before it has a speed', null, null],
])('%s', (_, bytesPerSecond, ms) => {
  // Of a file of 20 MB, 10 of which are sent.
  const live = { job: { file: { sizeBytes: 20 * MB } }, bytesSent: 10 * MB, bytesPerSecond };
  expect(remainingMsOf(live as Parameters<typeof remainingMsOf>[0])).toBe(ms);
});
