import { expect, test } from 'vitest';
import { explainFailure, failure } from '#shared/failure.ts';
import { sayFailure } from '../../../renderer/words/failures.ts';

test('a type that is refused is told as people call it', () => {
  const refused = failure('type-refused', '', { type: 'application/postscript' });
  expect(sayFailure(refused, 'logo.eps').reason).toBe('This service does not take PostScript files.');
});

test('whatever tells of no type says what it always says', () => {
  const broken = failure('server-error', '', { status: 503 });
  expect(sayFailure(broken, 'a.png')).toEqual(explainFailure(broken));
});
