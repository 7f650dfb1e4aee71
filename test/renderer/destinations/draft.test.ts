import { expect, test } from 'vitest';
import {
  type DraftForm,
  draftOf,
  emptyForm,
  formOf,
  problemsOf,
} from '../../../renderer/destinations/draft.ts';
import { destinationWords as words } from '../../../renderer/words/destinations.ts';

const withLimit = (limit: string): DraftForm => ({
  ...emptyForm('cyberun', []),
  texts: { maxSizeBytes: limit },
});

test.each([
  ['500 MB', 500_000_000],
  ['1,5 GB', 1_500_000_000],
  ['700', 700],
])('the largest file is typed as a size: %s', (typed, bytes) => {
  expect(draftOf(withLimit(typed))).toMatchObject({ maxSizeBytes: bytes });
  expect(problemsOf(withLimit(typed), []).has('maxSizeBytes')).toBe(false);
});

test('what is no size is said so, in words', () =>
  expect(problemsOf(withLimit('much'), []).get('maxSizeBytes')).toBe(words.sizeWrong));

test('the size of a destination that is there is shown as it is typed', () => {
  const draft = { ...draftOf(withLimit('500 MB')), id: 'lab' };
  expect(formOf(draft as Parameters<typeof formOf>[0]).texts.maxSizeBytes).toBe('500 MB');
});
