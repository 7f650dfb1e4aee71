import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partOf, rowsOfPart } from '../../../renderer/uploads/list/list-parts.ts';
import { heights } from '../../../renderer/uploads/list/row-heights.ts';

test('every row of a list is in exactly one part, whose rows add up with those around it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000_000 }),
      fc.integer({ min: 1, max: 700_000 }),
      fc.nat(),
      (total, most, seed) => {
        const row = seed % total;
        const { base, count, before, after } = partOf(row, total, most);
        expect(row).toBeGreaterThanOrEqual(base);
        expect(row).toBeLessThan(base + count);
        expect(count).toBeLessThanOrEqual(most);
        expect(before + count + after).toBe(total);
        expect(partOf(base + count - 1, total, most).base).toBe(base);
        if (after > 0) expect(partOf(base + count, total, most).base).toBe(base + count);
      },
    ),
  );
});

test('what grew shorter shows its last part, and nothing is a part of nothing', () => {
  expect(partOf(900, 450, 400)).toEqual({ base: 400, count: 50, before: 400, after: 0 });
  expect(partOf(5, 0, 400)).toEqual({ base: 0, count: 0, before: 0, after: 0 });
});

test.each(Object.entries(heights))('no part of %s rows is higher than a browser draws', (_, height) => {
  expect(rowsOfPart(height) * height).toBeLessThanOrEqual(2 ** 25 - 1_000_000);
  expect(rowsOfPart(height)).toBeGreaterThan(500_000);
});
