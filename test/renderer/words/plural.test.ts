import { expect, test } from 'vitest';
import { counted, plural, wholeNumber } from '../../../renderer/words/plural.ts';

test.for<readonly [count: number, text: string]>([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
  [21, '21 files'],
  [101, '101 files'],
  [1204, '1,204 files'],
  [1_000_000, '1,000,000 files'],
])('%d is "%s"', ([count, text]) => {
  expect(counted(count, 'file')).toBe(text);
});

test('words that take another form', () => {
  expect(counted(2, 'copy', 'copies')).toBe('2 copies');
  expect([0, 1, 2].map((count) => plural(count, { one: 'needs', other: 'need' }))).toEqual([
    'need',
    'needs',
    'need',
  ]);
});

test('whole numbers have no fraction', () => {
  expect(wholeNumber(1999.6)).toBe('2,000');
});
