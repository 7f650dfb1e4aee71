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
    [{}, `${all}, from now on`],
    [{ existing: 'include' }, `${all}, also what was there before`],
    [
      { ignore: ['drafts/'], after: { kind: 'move', directory: 'uploaded' } },
      `${all}, not \`drafts/\`, from now on, then move to \`uploaded/\``,
    ],
    [{ ignore: ['drafts/', '*.psd'] }, `${all}, not \`drafts/\` and \`*.psd\`, from now on`],
    [{ ignore: ['a', 'b', 'c'] }, `${all}, not \`a\`, \`b\` and \`c\`, from now on`],
    [{ ignore: ['a', 'b', 'c', 'd'] }, `${all}, not \`a\`, \`b\` and 2 more rules, from now on`],
    [{ ignore: ['*.psd', '!keep.psd'] }, `${all}, not \`*.psd\`, but \`keep.psd\`, from now on`],
    [{ ignore: ['!*.tmp'] }, `${all}, but \`*.tmp\`, from now on`],
    [{ ignore: ['# what the camera leaves', '*.thm'] }, `${all}, not \`*.thm\`, from now on`],
    [{ ignore: ['*', '!*/', '!*.png', '!*.jpg'] }, 'PNG and JPG files in all subfolders, from now on'],
    [{ ignore: ['*', '!*.mp4'] }, 'MP4 files directly in the folder, from now on'],
    [
      { ignore: ['*', '!*/', '!*.png', '!*.jpg', '!*.mp4'] },
      'PNG, JPG and MP4 files in all subfolders, from now on',
    ],
    [{ ignore: ['*', '!keep/'] }, `${all}, not \`*\`, but \`keep/\`, from now on`],
    [{ minBytes: 1, maxBytes: 50_000_000 }, `${all}, from 1\u00a0B to 50.0\u00a0MB, from now on`],
    [{ minBytes: 1024 }, `${all}, from 1.0\u00a0kB on, from now on`],
    [{ maxBytes: 52_428_800 }, `${all}, up to 52.4\u00a0MB, from now on`],
    [{ settleMs: 10_000 }, `${all}, from now on, unchanged for 10\u00a0s`],
    [{ changed: 'ignore' }, `${all}, from now on, never a second time`],
    [{ changed: 'ask' }, `${all}, from now on, asks before a changed file goes up again`],
    [{ after: { kind: 'trash' } }, `${all}, from now on, then into the trash`],
    [{ after: { kind: 'move', directory: '/done/' } }, `${all}, from now on, then move to \`/done/\``],
  ])('%j', (change, expected) => expect(sentence(change)).toBe(expected));
});
