import { expect, test } from 'vitest';
import { insertAt } from '../../../renderer/links/template-text.ts';

test.each([
  ['', undefined, undefined, '{id}', 4],
  ['a b', 2, 2, 'a {id}b', 6],
  ['a b', 0, 3, '{id}', 4],
  ['a b', null, null, 'a b{id}', 7],
  ['a b', 9, 12, 'a b{id}', 7],
])('into %o from %s to %s', (text, start, end, next, caret) => {
  expect(insertAt(text, '{id}', start, end)).toEqual({ text: next, caret });
});
