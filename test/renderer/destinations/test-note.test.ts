import { expect, test } from 'vitest';
import { testNote } from '../../../renderer/destinations/test-result.tsx';

const ended = (ok: boolean) =>
  ({
    name: 'ended',
    isAsked: true,
    view: {
      ok,
      proof: '',
      details: [],
      failure: null,
    },
  }) as const;

test('beside the end of the form stands how its test went', () => {
  expect(testNote({ name: 'idle' }, false)).toBe('It has not been tested.');
  expect(testNote({ name: 'idle' }, true)).toBeNull();
  expect(testNote({ name: 'running', isAsked: false }, false)).toBe('It has not been tested.');
  expect(testNote(ended(true), false)).toBeNull();
  expect(testNote(ended(false), true)).toBe('The test failed.');
  expect(testNote({ name: 'broken', isAsked: true, reason: 'Gone' }, true)).toBe('The test failed.');
});
