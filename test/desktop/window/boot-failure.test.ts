import { expect, test } from 'vitest';
import { EngineBusyError } from '#ipc';
import { UploadError } from '#ports/upload-error.ts';
import { OtherVersionError } from '#shared/api-client.ts';
import { failureCodes } from '#shared/failure.ts';
import { describeBootFailure } from '../../../electron/desktop/window/boot-failure.ts';

test.each<[string, unknown, RegExp]>([
  [
    'another process',
    new EngineBusyError('/data'),
    /Another process uses the data directory.*\n.*end that process/,
  ],
  ['another version', new OtherVersionError('x'), /Another version of Hoist/],
  ['a full disk', new UploadError('disk-full', '', { facts: { path: '/data' } }), /disk/i],
  [
    'a directory that cannot be used',
    new UploadError('data-dir-unusable', 'You have no permission there (EACCES).', {
      facts: { path: '/data' },
    }),
    /EACCES/,
  ],
  ['a bug', new TypeError('x is not a function'), /Hoist made a mistake: x is not a function/],
  ['what is no error', 'boom', /Hoist made a mistake: boom/],
])('%s is said with what, why and what to do', (_name, error, words) => {
  const { title, text } = describeBootFailure(error, '/data');
  expect(title).toBe('Hoist could not start');
  expect(text).toMatch(words);
  expect(text).toMatch(/Data directory: \/data$/);
  expect(text).not.toMatch(/\n {4}at /);
});

test('no code of ours stands alone', () => {
  for (const code of failureCodes) {
    const { text } = describeBootFailure(new UploadError(code, ''), '/data');
    expect(text.split('\n')[0]).toMatch(/[a-z] [a-z]/);
  }
});

test('a signed address in an error stays here', () => {
  const error = new Error('GET https://store.example/a?X-Amz-Signature=abc failed');
  expect(describeBootFailure(error, '/data').text).not.toContain('abc');
});
