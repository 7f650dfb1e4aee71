import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSize, writeSize } from '../../../renderer/folders/sizes.ts';

describe('a typed size', () => {
  test.each<[string, number | null | 'wrong']>([
    ['', null],
    ['   ', null],
    ['0', 0],
    ['1200', 1200],
    ['500 kB', 500_000],
    ['500KB', 500_000],
    ['1.5 GiB', 1_610_612_736],
    ['2,5 MB', 2_500_000],
    ['3 G', 3_000_000_000],
    [' 7 b ', 7],
    ['much', 'wrong'],
    ['-3 MB', 'wrong'],
    ['3 miles', 'wrong'],
    ['MB', 'wrong'],
    ['999999999999 TB', 'wrong'],
  ])('%j is %j', (text, size) => expect(parseSize(text)).toBe(size));

  test.each([
    [1, '1 B'],
    [500_000, '500 kB'],
    [52_428_800, '52.4288 MB'],
    [50_000_000, '50 MB'],
    [1536, '1536 B'],
    [1_610_612_736, '1610612736 B'],
    [1_234_567, '1234567 B'],
  ])('%d is written %j', (size, text) => expect(writeSize(size)).toBe(text));

  test('is read back as exactly what was written', () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 45 }), (size) => parseSize(writeSize(size)) === size));
  });
});
