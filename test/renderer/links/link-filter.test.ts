import { expect, test } from 'vitest';
import {
  filterOf,
  isNarrowed,
  noWish,
  readDay,
  upTo,
  type Wish,
} from '../../../renderer/links/link-filter.ts';

const noon = new Date(2026, 10, 22, 12).getTime();
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

test.each<[string, Partial<Wish>, object]>([
  ['nothing', {}, {}],
  ['a search', { search: '  hero ' }, { search: 'hero' }],
  ['blanks alone', { search: '  ' }, {}],
  ['more than is taken', { search: 'x'.repeat(600) }, { search: 'x'.repeat(512) }],
  ['a destination', { destinationId: 'd1' }, { destinationId: 'd1' }],
  ['today', { date: 'today' }, { completedAfter: day(2026, 11, 22) }],
  ['seven days with today', { date: 'week' }, { completedAfter: day(2026, 11, 16) }],
  ['thirty days with today', { date: 'month' }, { completedAfter: day(2026, 10, 24) }],
  [
    'two days, both within',
    { date: 'own', from: '2026-11-01', until: '2026-11-03' },
    { completedAfter: day(2026, 11, 1), completedBefore: day(2026, 11, 4) },
  ],
  [
    'the other way round',
    { date: 'own', from: '2026-11-03', until: '2026-11-01' },
    { completedAfter: day(2026, 11, 1), completedBefore: day(2026, 11, 4) },
  ],
  ['from a day on', { date: 'own', from: '2026-11-03' }, { completedAfter: day(2026, 11, 3) }],
  ['until a day', { date: 'own', until: '2026-12-31' }, { completedBefore: day(2027, 1, 1) }],
  ['no day yet', { date: 'own' }, {}],
  ['days of another choice', { date: 'any', from: '2026-11-03' }, {}],
])('%s', (_, wish, filter) => {
  const whole = { ...noWish, ...wish };
  expect(filterOf(whole, noon)).toEqual({ tab: 'done', ...filter });
  expect(isNarrowed(whole)).toBe(Object.keys(filter).length > 0);
});

test.each([
  ['2026-02-28', day(2026, 2, 28)],
  ['2024-02-29', day(2024, 2, 29)],
  ['0026-01-01', new Date(day(2026, 1, 1)).setFullYear(26)],
  ['2026-02-30', null],
  ['2026-13-01', null],
  ['', null],
  ['yesterday', null],
])('day %s', (text, at) => expect(readDay(text)).toBe(at));

test.each([
  [{ tab: 'done' } as const, 501],
  [{ tab: 'done', completedBefore: 400 } as const, 400],
  [{ tab: 'done', completedBefore: 900 } as const, 501],
])('what was found at a moment: %o', (filter, completedBefore) => {
  expect(upTo(filter, 500)).toEqual({ tab: 'done', completedBefore });
});
