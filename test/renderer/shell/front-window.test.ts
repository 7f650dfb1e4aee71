import { expect, test } from 'vitest';
import { isLastInFront } from '../../../renderer/shell/front-window.ts';

const open = (...ids: readonly string[]) => new Set(ids);

test.each([
  [['a', 'b'], open('a', 'b'), 'b'],
  // The last one was closed, or its process ended.
  [['a', 'b'], open('a'), 'a'],
  [['b', 'a', 'c'], open('a', 'b'), 'a'],
  // Nobody knows who is there.
  [['a', 'b'], null, 'b'],
] as const)('of %j, where %j are open, %s speaks, and nobody else', (order, alive, speaker) => {
  for (const id of ['a', 'b', 'c']) {
    if (alive === null || alive.has(id)) expect(isLastInFront(order, alive, id)).toBe(id === speaker);
  }
});

test('a window that nobody wrote down says nothing, and one that is alone speaks', () => {
  expect(isLastInFront(['a'], open('a', 'b'), 'b')).toBe(false);
  expect(isLastInFront(['a'], open(), 'a')).toBe(true);
  expect(isLastInFront([], null, 'a')).toBe(true);
});
