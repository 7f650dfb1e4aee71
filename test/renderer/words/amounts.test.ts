import { expect, test } from 'vitest';
import {
  about,
  bytes,
  bytesOf,
  countdown,
  duration,
  percent,
  speed,
  speedLimit,
} from '../../../renderer/words/amounts.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

test.for<readonly [count: number, text: string]>([
  [0, '0 B'],
  [1, '1 B'],
  [999, '999 B'],
  [999.6, '1.0 kB'],
  [1000, '1.0 kB'],
  [1049, '1.0 kB'],
  [48_200, '48.2 kB'],
  [99_949, '99.9 kB'],
  [99_950, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [1_900_000_000, '1.9 GB'],
  [999_999_999, '1.0 GB'],
  [5e15, '5.0 PB'],
  [5e18, '5,000 PB'],
])('%d bytes are "%s"', ([count, text]) => {
  expect(bytes(count)).toBe(text);
});

test.for<readonly [done: number, total: number, text: string]>([
  [1_200_000_000, 4_800_000_000, '1.2 of 4.8 GB'],
  [0, 4_800_000, '0 of 4.8 MB'],
  [900_000, 4_800_000, '900 kB of 4.8 MB'],
  [0, 0, '0 of 0 B'],
])('%d of %d is "%s"', ([done, total, text]) => {
  expect(bytesOf(done, total)).toBe(text);
});

test('a speed is an amount a second', () => {
  expect(speed(6_100_000)).toBe('6.1 MB/s');
});

test.for<readonly [done: number, total: number, share: number]>([
  [0, 0, 0],
  [0, 100, 0],
  [1, 1000, 0],
  [999, 1000, 99],
  [9999, 10_000, 99],
  [1000, 1000, 100],
  [1001, 1000, 100],
  [-5, 100, 0],
])('%d of %d is %d percent', ([done, total, share]) => {
  expect(percent(done, total)).toBe(share);
});

test.for<readonly [ms: number, text: string]>([
  [-10, '0 s'],
  [0, '0 s'],
  [40, '0.1 s'],
  [340, '0.3 s'],
  [499, '0.5 s'],
  [500, '1 s'],
  [5400, '5 s'],
  [99 * second, '99 s'],
  [100 * second, '2 min'],
  [9 * minute, '9 min'],
  [59 * minute + 40 * second, '1 h'],
  [hour, '1 h'],
  [3 * hour + 20 * minute, '3 h 20 min'],
  [9 * hour + 59 * minute + 50 * second, '10 h'],
  [26 * hour, '26 h'],
  [47 * hour + 50 * minute, '2 days'],
  [48 * hour, '2 days'],
])('%d ms last "%s"', ([ms, text]) => {
  expect(duration(ms)).toBe(text);
});

test.for<readonly [ms: number, text: string]>([
  [-1, '0:00'],
  [0, '0:00'],
  [1, '0:01'],
  [42 * second, '0:42'],
  [59_001, '1:00'],
  [12 * minute + 5 * second, '12:05'],
  [59 * minute + 59 * second + 1, '1 h'],
  [hour, '1 h'],
])('%d ms count down from "%s"', ([ms, text]) => {
  expect(countdown(ms)).toBe(text);
});

test.for<readonly [ms: number, text: string]>([
  [0, 'a few seconds'],
  [9999, 'a few seconds'],
  [14 * second, 'about 10 s'],
  [58 * second, 'about 1 min'],
  [61 * second, 'about 1 min'],
  [9 * minute + 10 * second, 'about 9 min'],
  [32 * minute, 'about 30 min'],
  [59 * minute, 'about 1 h'],
  [2 * hour + 20 * minute, 'about 2 h 15 min'],
  [71 * minute, 'about 1 h 15 min'],
])('%d ms to go are "%s"', ([ms, text]) => {
  expect(about(ms)).toBe(text);
});

test.for<readonly [limit: number, text: string]>([
  [250_000, '0.25 MB/s'],
  [262_144, '0.26 MB/s'],
  [2_000_000, '2 MB/s'],
  [10_000, '0.01 MB/s'],
])('a limit of %d is "%s", as it is set', ([limit, text]) => {
  expect(speedLimit(limit)).toBe(text);
});
