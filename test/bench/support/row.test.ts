import { describe, expect, it, test } from 'vitest';
import { rowOf, spreadOf, type Target } from './row.ts';
import { showMarkdown, showNumber, showTable } from './table.ts';

test.each([
  [[3, 1, 2], { min: 1, median: 2, max: 3 }],
  [[4, 1, 2, 3], { min: 1, median: 2.5, max: 4 }],
  [[7], { min: 7, median: 7, max: 7 }],
])('the spread of %j', (numbers, spread) => {
  expect(spreadOf(numbers)).toEqual(spread);
});

describe('a row', () => {
  const measured = (target: Target | null) =>
    rowOf({ what: 'this · that', unit: 'MB/s', ours: [9, 10, 30], peer: [10, 20, 10], target }, 0.5);

  it('has the ratios of each round, not of the medians', () => {
    expect(measured(null).ratio).toEqual({ min: 0.5, median: 0.9, max: 3 });
  });

  it.each([
    [{ of: 'ratio', is: 'at-least', value: 0.9 }, true],
    [{ of: 'ratio', is: 'at-least', value: 0.91 }, false],
    [{ of: 'ratio', is: 'at-most', value: 0.9 }, true],
    [{ of: 'ours', is: 'at-most', value: 9.9 }, false],
    [{ of: 'ours', is: 'at-least', value: 10 }, true],
    [null, null],
  ] satisfies [Target | null, boolean | null][])('with the target %j is met: %s', (target, isMet) => {
    expect(measured(target).isMet).toBe(isMet);
  });

  it('meets nothing where there is no number', () => {
    const target = { of: 'ratio', is: 'at-most', value: 1 } as const;
    expect(rowOf({ what: '', unit: '', ours: [], peer: [], target }, 0).isMet).toBe(false);
  });

  it('is shown with its target, and with how busy the machine was', () => {
    const row = measured({ of: 'ratio', is: 'at-least', value: 1 });
    expect(showTable([['big', row]]).split('\n')[1]).toMatch(
      /^big: this · that +10 MB\/s +10 MB\/s +0\.50 \/ 0\.90 \/ 3 +≥ 1× +MISSED +0\.5$/,
    );
    expect(showMarkdown([['big', rowOf({ what: 'it', why: 'no rclone' }, 0)]]).split('\n')[2]).toBe(
      '| big: it |  |  | no rclone |  | not measured |  |',
    );
  });
});

test.each([
  [Number.NaN, '–'],
  [0.00123, '0.0012'],
  [0.456, '0.46'],
  [12.34, '12.3'],
  [1234.5, '1235'],
  [1_234_567, '1,234,567'],
  [8, '8'],
])('%s is shown as %s', (value, text) => {
  expect(showNumber(value)).toBe(text);
});
