import { expect, test } from 'vitest';
import { consequenceOf, type FailureCode, failureCodes } from '#shared/failure.ts';
import { hoistWords } from '../../electron/headless/hoist-words.ts';
import { type Standing, wayOnOf, waysOnLines } from '../../electron/headless/ways-on.ts';

const plain = hoistWords(undefined, 'linux');

const job = (jobId: number, code: FailureCode, more: Partial<Standing> = {}): Standing => ({
  jobId,
  destination: 'studio',
  path: `/x/${jobId}.png`,
  isFailed: consequenceOf(code) !== 'block' && consequenceOf(code) !== 'block-destination',
  code,
  ...more,
});

test.each<[FailureCode, readonly string[]]>([
  ['key-refused', ['Give a key with: hoist destinations key studio']],
  ['key-missing', ['Give a key with: hoist destinations key studio']],
  ['no-credit', ['When that is put right: hoist retry --to studio']],
  ['flow-invalid', ['When that is put right: hoist retry --to studio']],
  ['file-missing', ['When that is put right: hoist retry 7']],
  ['timeout', ['Try what failed again with: hoist retry 7']],
  ['flow-run-failed', ['Try what failed again with: hoist retry 7']],
  ['too-large', ['Send it elsewhere with: hoist upload /x/7.png --to NAME']],
  ['edge-unfilled', ['Give the files with: hoist upload --to studio --edge EDGE=FILE …']],
  ['destination-missing', ['Add it with: hoist destinations add studio --kind KIND']],
  ['rate-limited', []],
  ['name-refused', []],
])('%s', (code, lines) => expect(waysOnLines([job(7, code)], plain)).toEqual(lines));

test('whatever stops a whole destination is ended for the whole destination', () => {
  for (const code of failureCodes) {
    const isWhole = ['key', 'destination'].includes(wayOnOf(code));
    expect(isWhole, code).toBe(consequenceOf(code) === 'block-destination');
  }
});

test('many jobs are named by what they have in common, and never by "all"', () => {
  const failed = [1, 2, 3, 4].map((id) => job(id, 'timeout'));
  const lines = waysOnLines(
    [...failed, job(5, 'stalled', { destination: 'archive' }), job(6, 'rejected'), job(8, 'file-missing')],
    plain,
  );
  expect(lines).toEqual([
    'Try what failed again with: hoist retry --failed --to studio',
    'Try what failed again with: hoist retry --failed --to archive',
    'When that is put right: hoist retry 6 8',
  ]);
  expect(
    waysOnLines(
      [1, 2, 3].map((id) => job(id, 'too-large')),
      plain,
    ),
  ).toEqual(['Send it elsewhere with: hoist upload FILE --to NAME']);
});

test('a destination without a job', () => {
  expect(waysOnLines([job(1, 'no-credit', { jobId: null, path: null })], plain)).toEqual([
    'When that is put right: hoist retry --to studio',
  ]);
});

test.each([
  [undefined, 'linux', ['retry', '3'], 'hoist retry 3'],
  ['', 'linux', ['retry', '3'], 'hoist retry 3'],
  ['d', 'linux', ['retry', '3'], 'hoist --data-dir d retry 3'],
  [
    "/my 'data",
    'linux',
    ['retry', '--to', 'Far Side'],
    "hoist --data-dir '/my '\\''data' retry --to 'Far Side'",
  ],
  ['C:/my data', 'win32', ['retry', '3'], 'hoist --data-dir "C:/my data" retry 3'],
  [undefined, 'linux', ['upload', 'a$b;c'], "hoist upload 'a$b;c'"],
] as const)('with --data-dir %j on %s', (dataDir, platform, words, text) =>
  expect(hoistWords(dataDir, platform)(...words)).toBe(text),
);
