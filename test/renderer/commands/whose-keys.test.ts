import { expect, test } from 'vitest';
import { type FocusKind, isForFocus } from '../../../renderer/commands/whose-keys.ts';

/** The kinds of focus that take a press for themselves. */
const cases: readonly (readonly [keys: string, takers: readonly FocusKind[]])[] = [
  ['K', ['text']],
  ['Shift+K', ['text']],
  ['?', ['text']],
  ['@', ['text']],
  ['Mod+K', []],
  ['Mod+Comma', []],
  ['Mod+Shift+P', []],
  ['Mod+C', ['text']],
  ['Mod+V', ['text']],
  ['Mod+Shift+V', ['text']],
  ['Mod+Z', ['text']],
  ['Mod+Shift+Z', ['text']],
  ['Mod+Y', ['text']],
  ['Mod+A', ['text']],
  ['Mod+Backspace', ['text']],
  ['Mod+Delete', ['text']],
  ['Mod+ArrowLeft', ['text']],
  ['Mod+Shift+ArrowLeft', ['text']],
  ['Mod+Home', ['text']],
  ['Mod+Alt+Y', ['text']],
  ['Alt+A', ['text']],
  ['Delete', ['text']],
  ['Backspace', ['text']],
  ['Escape', []],
  ['F2', []],
  ['Shift+F10', []],
  ['Enter', ['text', 'choice', 'control']],
  ['Space', ['text', 'choice', 'control']],
  ['ArrowDown', ['text', 'choice']],
  ['Home', ['text', 'choice']],
  ['Mod+Enter', []],
];
const kinds: readonly FocusKind[] = ['text', 'choice', 'control', 'none'];

test.for(cases)('%s belongs to %j', ([keys, takers]) => {
  expect(kinds.filter((kind) => isForFocus(kind, keys))).toEqual(takers);
});
