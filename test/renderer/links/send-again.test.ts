import { expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import { sayOutcome } from '../../../renderer/links/send-again.ts';

const file = { path: '/files/a.png', jobId: 7, outcome: 'added', failure: null } as const;

test('a file that was taken can be shown', () => {
  expect(sayOutcome('a.png', { files: [file] })).toEqual({
    title: 'a.png is sent again',
    text: undefined,
    tone: 'accent',
    jobId: 7,
  });
});

test('a file that is not there any more says so, and what to do', () => {
  const refused = {
    ...file,
    jobId: null,
    outcome: 'refused',
    failure: failure('file-missing', 'no'),
  } as const;
  const said = sayOutcome('a.png', { files: [refused] });
  expect(said).toMatchObject({ title: 'a.png was not sent', tone: 'bad', jobId: null });
  expect(said.text).toMatch(/moved or deleted/);
});

test('no answer is no success', () => {
  expect(sayOutcome('a.png', { files: [] })).toMatchObject({ text: undefined, tone: 'bad', jobId: null });
});
