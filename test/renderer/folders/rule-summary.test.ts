import { describe, expect, test } from 'vitest';
import { type Rules, summaryOf } from '../../../renderer/folders/rule-summary.ts';

const usual: Rules = {
  ignore: [],
  minBytes: undefined,
  maxBytes: undefined,
  existing: 'baseline',
  settleMs: 2000,
  changed: 'new',
  after: { kind: 'keep' },
};

const sentence = (change: Partial<Rules>) =>
  summaryOf({ ...usual, ...change })
    .map(({ text, isCode }) => (isCode ? `\`${text}\`` : text))
    .join('');

const all = 'All files in all subfolders';

describe('the rules of a watch folder in a sentence', () => {
  test.each<[Partial<Rules>, string]>([
    [{}, `${all}, new files only`],
    [{ existing: 'include' }, `${all}, also what was there before`],
    [
      { ignore: ['drafts/'], after: { kind: 'move', directory: 'uploaded' } },
      `${all}, not \`drafts/\`, new files only, then move to \`uploaded/\``,
    ],
    [{ ignore: ['drafts/', '*.psd'] }, `${all}, not \`drafts/\` and \`*.psd\`, new files only`],
    [{ ignore: ['a', 'b', 'c'] }, `${all}, not \`a\`, \`b\` and \`c\`, new files only`],
    [{ ignore: ['a', 'b', 'c', 'd'] }, `${all}, not \`a\`, \`b\` and 2 more rules, new files only`],
    [{ ignore: ['*.psd', '!keep.psd'] }, `${all}, not \`*.psd\`, but \`keep.psd\`, new files only`],
    [{ ignore: ['!*.tmp'] }, `${all}, but \`*.tmp\`, new files only`],
    [{ ignore: ['# what the camera leaves', '*.thm'] }, `${all}, not \`*.thm\`, new files only`],
    [{ ignore: ['*', '!*/', '!*.png', '!*.jpg'] }, 'PNG and JPG files in all subfolders, new files only'],
    [{ ignore: ['*', '!*.mp4'] }, 'MP4 files directly in the folder, new files only'],
    [
      { ignore: ['*', '!*/', '!*.png', '!*.jpg', '!*.mp4'] },
      'PNG, JPG and MP4 files in all subfolders, new files only',
    ],
    [{ ignore: ['*', '!keep/'] }, `${all}, not \`*\`, but \`keep/\`, new files only`],
    [{ minBytes: 1, maxBytes: 50_000_000 }, `${all}, from 1\u00a0B to 50.0\u00a0MB, new files only`],
    [{ minBytes: 1024 }, `${all}, from 1.0\u00a0kB on, new files only`],
    [{ maxBytes: 52_428_800 }, `${all}, up to 52.4\u00a0MB, new files only`],
    [{ settleMs: 10_000 }, `${all}, new files only, unchanged for 10\u00a0s`],
    [{ changed: 'ignore' }, `${all}, new files only, never a second time`],
    [{ changed: 'ask' }, `${all}, new files only, asks before a changed file goes up again`],
    [{ after: { kind: 'trash' } }, `${all}, new files only, then into the trash`],
    [{ after: { kind: 'move', directory: '/done/' } }, `${all}, new files only, then move to \`/done/\``],
  ])('%j', (change, expected) => expect(sentence(change)).toBe(expected));
});
