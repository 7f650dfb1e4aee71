import { expect, test } from 'vitest';
import { ago, hourOf, startOfDay, startOfWorkday, timeOfDay } from '../../../renderer/words/times.ts';

const minute = 60_000;
/** A Wednesday at 14:05, local time. */
const now = new Date(2026, 10, 18, 14, 5).getTime();
const at = (...parts: readonly [number, number, number, number?, number?]) =>
  new Date(parts[0], parts[1], parts[2], parts[3] ?? 12, parts[4] ?? 0).getTime();
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

test.for<readonly [what: string, at: number, text: string]>([
  ['a clock that runs ahead', now + 3 * minute, 'just now'],
  ['this moment', now, 'just now'],
  ['44 s ago', now - 44_000, 'just now'],
  ['45 s ago', now - 45_000, '1 min ago'],
  ['4 min ago', now - 4 * minute, '4 min ago'],
  ['59 min ago', now - 59 * minute, '59 min ago'],
  ['an hour ago', now - 60 * minute, timeOfDay(now - 60 * minute)],
  ['the first moment of today', startOfDay(now), timeOfDay(startOfDay(now))],
  ['the last moment of yesterday', startOfDay(now) - 1, 'yesterday'],
  ['the first moment of yesterday', at(2026, 10, 17, 0), 'yesterday'],
  ['two days ago', at(2026, 10, 16, 23, 59), day.format(at(2026, 10, 16))],
  ['this year', at(2026, 0, 3), day.format(at(2026, 0, 3))],
  ['last year', at(2025, 10, 3), dayAndYear.format(at(2025, 10, 3))],
])('%s', ([, then, text]) => {
  expect(ago(then, now)).toBe(text);
});

test('shortly after midnight minutes still count', () => {
  const midnight = startOfDay(now);
  expect(ago(midnight - 10 * minute, midnight + 5 * minute)).toBe('15 min ago');
});

test('in the night of New Year yesterday is yesterday', () => {
  expect(ago(at(2025, 11, 31, 20), at(2026, 0, 1, 9))).toBe('yesterday');
});

test('a day ends at 24', () => {
  expect([hourOf(24), hourOf(9)]).toEqual(['24:00', timeOfDay(new Date(2000, 0, 1, 9).getTime())]);
});

test.each([
  ['before midnight', [2026, 10, 22, 23, 59], [2026, 10, 22, 4]],
  ['after it', [2026, 10, 23, 0, 10], [2026, 10, 22, 4]],
  ['at its end', [2026, 10, 23, 3, 59], [2026, 10, 22, 4]],
  ['at its begin', [2026, 10, 23, 4, 0], [2026, 10, 23, 4]],
] as const)('a day of work lasts into the night: %s', (_, [year, month, day, hour, minute], [y, m, d, h]) => {
  expect(startOfWorkday(new Date(year, month, day, hour, minute).getTime())).toBe(
    new Date(y, m, d, h).getTime(),
  );
});
