import { expect, test } from 'vitest';
import {
  countOf,
  everything,
  extend,
  isSelected,
  nothing,
  only,
  type Selection,
  toggle,
} from '../../../renderer/links/link-selection.ts';

const without = (...ids: number[]): Selection => ({ kind: 'all', except: new Set(ids) });

test.each<[string, Selection, readonly number[], number]>([
  ['nothing', nothing, [], 0],
  ['two', only(1, 3), [1, 3], 2],
  ['toggled on', toggle(only(1), 2), [1, 2], 2],
  ['toggled off', toggle(only(1, 2), 1), [2], 1],
  ['extended', extend(only(1), [2, 3]), [1, 2, 3], 3],
  ['everything', everything, [1, 2, 3, 4], 1_000_000],
  ['everything but one', toggle(everything, 2), [1, 3, 4], 999_999],
  ['everything again', toggle(without(2), 2), [1, 2, 3, 4], 1_000_000],
  ['everything but one, and it taken in', extend(without(2, 3), [2, 4]), [1, 2, 4], 999_999],
])('%s', (_, selection, selected, count) => {
  expect([1, 2, 3, 4].filter((id) => isSelected(selection, id))).toEqual(selected);
  expect(countOf(selection, 1_000_000)).toBe(count);
});

test('never less than nothing, where rows went meanwhile', () => expect(countOf(without(1, 2), 1)).toBe(0));
