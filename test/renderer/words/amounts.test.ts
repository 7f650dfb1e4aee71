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
  [0, '0\u00a0B'],
  [1, '1\u00a0B'],
  [999, '999\u00a0B'],
  [999.6, '1.0\u00a0kB'],
  [1000, '1.0\u00a0kB'],
  [1049, '1.0\u00a0kB'],
  [48_200, '48.2\u00a0kB'],
  [99_949, '99.9\u00a0kB'],
  [99_950, '100\u00a0kB'],
  [999_499, '999\u00a0kB'],
  [999_500, '1.0\u00a0MB'],
  [1_900_000_000, '1.9\u00a0GB'],
  [999_999_999, '1.0\u00a0GB'],
  [5e15, '5.0\u00a0PB'],
  [5e18, '5,000\u00a0PB'],
])('%d bytes are "%s"', ([count, text]) => {
  expect(bytes(count)).toBe(text);
});

test.for<readonly [done: number, total: number, text: string]>([
  [1_200_000_000, 4_800_000_000, '1.2 of 4.8\u00a0GB'],
  [0, 4_800_000, '0 of 4.8\u00a0MB'],
  [900_000, 4_800_000, '900\u00a0kB of 4.8\u00a0MB'],
  [0, 0, '0 of 0\u00a0B'],
])('%d of %d is "%s"', ([done, total, text]) => {
  expect(bytesOf(done, total)).toBe(text);
});

test('a speed is an amount a second', () => {
  expect(speed(6_100_000)).toBe('6.1\u00a0MB/s');
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
  [-10, '0\u00a0s'],
  [0, '0\u00a0s'],
  [40, '0.1\u00a0s'],
  [340, '0.3\u00a0s'],
  [499, '0.5\u00a0s'],
  [500, '1\u00a0s'],
  [5400, '5\u00a0s'],
  [59 * second, '59\u00a0s'],
  [60 * second, '1\u00a0min'],
  [100 * second, '2\u00a0min'],
  [9 * minute, '9\u00a0min'],
  [59 * minute + 40 * second, '1\u00a0h'],
  [hour, '1\u00a0h'],
  [3 * hour + 20 * minute, '3\u00a0h\u00a020\u00a0min'],
  [9 * hour + 59 * minute + 50 * second, '10\u00a0h'],
  [26 * hour, '26\u00a0h'],
  [47 * hour + 50 * minute, '2\u00a0days'],
  [48 * hour, '2\u00a0days'],
])('%d ms last "%s"', ([ms, text]) => {
  expect(duration(ms)).toBe(text);
});

test.for<readonly [ms: number, text: string]>([
  [-1, '0\u00a0s'],
  [0, '0\u00a0s'],
  [1, '1\u00a0s'],
  [42 * second, '42\u00a0s'],
  [59_001, '1\u00a0min'],
  [12 * minute + 5 * second, '12\u00a0min'],
  [59 * minute + 59 * second + 1, '1\u00a0h'],
  [hour, '1\u00a0h'],
])('%d ms count down from "%s"', ([ms, text]) => {
  expect(countdown(ms)).toBe(text);
});

test.for<readonly [ms: number, text: string]>([
  [0, 'a few seconds'],
  [9999, 'a few seconds'],
  [14 * second, 'about 10\u00a0s'],
  [58 * second, 'about 1\u00a0min'],
  [61 * second, 'about 1\u00a0min'],
  [9 * minute + 10 * second, 'about 9\u00a0min'],
  [32 * minute, 'about 30\u00a0min'],
  [59 * minute, 'about 1\u00a0h'],
  [2 * hour + 20 * minute, 'about 2\u00a0h\u00a015\u00a0min'],
  [71 * minute, 'about 1\u00a0h\u00a015\u00a0min'],
])('%d ms to go are "%s"', ([ms, text]) => {
  expect(about(ms)).toBe(text);
});

test.for<readonly [limit: number, text: string]>([
  [250_000, '0.25\u00a0MB/s'],
  [262_144, '0.26\u00a0MB/s'],
  [2_000_000, '2\u00a0MB/s'],
  [10_000, '0.01\u00a0MB/s'],
])('a limit of %d is "%s", as it is set', ([limit, text]) => {
  expect(speedLimit(limit)).toBe(text);
});
