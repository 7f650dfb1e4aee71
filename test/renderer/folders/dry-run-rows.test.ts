import { describe, expect, test } from 'vitest';
import { viewOf } from '../../../renderer/folders/dry-run-rows.ts';
import { failure } from '../../../shared/failure.ts';
import type { FolderPreview } from '../../../shared/ipc.ts';

const tooLarge = failure('too-large', '', { sizeBytes: 62_000_000, limitBytes: 52_428_800 });
const preview: FolderPreview = {
  files: 199,
  bytes: 1_900_000_000,
  first: [
    { relativePath: 'hero.webp', sizeBytes: 48_200_000 },
    { relativePath: 'cut.mov', sizeBytes: 62_000_000 },
    { relativePath: 'a/b.png', sizeBytes: 7_900_000 },
  ],
  ignored: [
    { rule: '~$* (a lock of an office program)', files: 1, example: '~$lookbook.docx' },
    { rule: 'drafts/ (a rule of this folder)', files: 11, example: 'drafts/a.psd' },
    { rule: 'larger than 1.0\u00a0GB', files: 1, example: 'film.mov' },
    { rule: '* (a rule of this folder)', files: 3, example: 'notes.txt' },
    { rule: 'the rules take only JPG files', files: 2, example: 'shot list.txt' },
  ],
  ignoredFiles: 18,
  refused: [
    { failure: tooLarge, files: 1, example: 'cut.mov' },
    { failure: failure('empty-file'), files: 2, example: 'empty.png' },
  ],
};

describe('a dry run as it is shown', () => {
  test('adds up: what breaks a limit does not go up', () => {
    const { wouldGo, needYou, ignored, moreGoing, moreRules } = viewOf(preview);
    expect({ wouldGo, needYou, ignored, moreGoing, moreRules }).toEqual({
      wouldGo: 196,
      needYou: 3,
      ignored: 18,
      moreGoing: 194,
      moreRules: 0,
    });
  });

  test('names each file once, with its size, its limit or its rule', () => {
    expect(viewOf(preview).rows.map(({ kind, name, end }) => [kind, name, end])).toEqual([
      ['goes', 'hero.webp', '48.2\u00a0MB'],
      ['goes', 'a/b.png', '7.9\u00a0MB'],
      ['refused', 'cut.mov', '62.0\u00a0MB, limit 52.4\u00a0MB'],
      ['refused', 'empty.png', '2: an empty file'],
      ['ignored', 'drafts/a.psd', '11 left out by “drafts/”'],
      ['ignored', 'notes.txt', '3 left out by “*”'],
      ['ignored', 'shot list.txt', '2: the rules take only JPG files'],
      ['ignored', '~$lookbook.docx', 'a lock of an office program'],
      ['ignored', 'film.mov', 'larger than 1.0\u00a0GB'],
    ]);
  });

  test.each([
    [failure('type-refused', '', { type: 'application/postscript' }), 'PostScript files are not taken'],
    [failure('type-refused'), 'This service does not take this type of file.'],
    [failure('name-refused'), 'its name is not taken'],
    [failure('too-large'), 'The file is too large for this service.'],
    [failure('rejected'), 'The service refused this file.'],
  ])('%j is told as %j', (why, end) => {
    const one = { ...preview, first: [], ignored: [], refused: [{ failure: why, files: 1, example: 'x' }] };
    expect(viewOf(one).rows.map((row) => row.end)).toEqual([end]);
  });

  test('shows the rules that leave out most, and counts the rest', () => {
    const ignored = Array.from({ length: 9 }, (_, index) => ({
      rule: `r${index} (a rule of this folder)`,
      files: index + 1,
      example: `e${index}`,
    }));
    const { rows, moreRules } = viewOf({ ...preview, first: [], refused: [], ignored });
    expect(rows.map(({ name }) => name)).toEqual(['e8', 'e7', 'e6', 'e5', 'e4', 'e3']);
    expect(moreRules).toBe(3);
  });
});
