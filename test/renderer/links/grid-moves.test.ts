import { expect, test } from 'vitest';
import { columnsFor, moveOf } from '../../../renderer/links/grid-moves.ts';

const list = { total: 10, columns: 1, rowsInView: 4, isRightToLeft: false };
/** 0 1 2 / 3 4 5 / 6 7 */
const cards = { total: 8, columns: 3, rowsInView: 2, isRightToLeft: false };

test.each([
  ['ArrowDown', list, 4, 5],
  ['ArrowDown', list, 9, 9],
  ['ArrowUp', list, 0, 0],
  ['ArrowRight', list, 4, null],
  ['ArrowLeft', list, 4, null],
  ['Home', list, 4, 0],
  ['End', list, 4, 9],
  ['PageDown', list, 4, 7],
  ['PageDown', list, 8, 9],
  ['PageUp', list, 2, 0],
  ['x', list, 2, null],
  ['ArrowDown', { ...list, total: 0 }, 0, null],
  ['ArrowDown', cards, 1, 4],
  ['ArrowDown', cards, 5, 7],
  ['ArrowDown', cards, 6, 6],
  ['ArrowUp', cards, 4, 1],
  ['ArrowUp', cards, 2, 2],
  ['ArrowRight', cards, 2, 3],
  ['ArrowRight', cards, 7, 7],
  ['ArrowLeft', cards, 3, 2],
  ['ArrowLeft', { ...cards, isRightToLeft: true }, 3, 4],
  ['ArrowRight', { ...cards, isRightToLeft: true }, 0, 0],
  ['PageDown', cards, 1, 4],
  ['Home', cards, 7, 0],
  ['End', cards, 0, 7],
] as const)('%s in %o from %i leads to %s', (key, grid, index, to) => {
  expect(moveOf(key, { ...grid, index })).toBe(to);
});

test.each([
  [100, 200, 12, 1],
  [412, 200, 12, 2],
  [411, 200, 12, 1],
  [1180, 200, 12, 5],
  [0, 200, 12, 1],
])('%i px hold cards of %i px with %i px between: %i', (width, least, gap, columns) => {
  expect(columnsFor(width, least, gap)).toBe(columns);
});
