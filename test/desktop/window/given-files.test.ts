import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGivenFiles, takeAll } from '../../../electron/desktop/window/given-files.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

test('a window learns what a file is, and an id that means it here only', async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, 'a picture.png');
  await writeFile(path, 'abc');
  await mkdir(join(directory, 'folder.png'));
  const given = createGivenFiles();
  const [file, folder, ...others] = await takeAll(given, [
    path,
    join(directory, 'folder.png'),
    join(directory, 'missing'),
    'relative.png',
    '',
  ]);
  expect(file).toMatchObject({ name: 'a picture.png', size: 3, type: 'image/png', isFolder: false });
  expect(folder).toMatchObject({ name: 'folder.png', size: 0, type: '', isFolder: true });
  expect(others).toEqual([null, null, null]);
  expect(given.pathOf(file?.id ?? '')).toBe(path);
  const invalid = expect.objectContaining({ code: 'invalid' });
  expect(() => createGivenFiles().pathOf(file?.id ?? '')).toThrow(invalid);
  expect(() => given.pathOf(path)).toThrow(invalid);
});

test('hundreds keep their order', async () => {
  const directory = await temporaryDirectory();
  const paths = Array.from({ length: 100 }, (_, index) => join(directory, `${index}.txt`));
  await Promise.all(paths.map((path) => writeFile(path, path)));
  const taken = await takeAll(createGivenFiles(), paths);
  expect(taken.map((file) => file?.path)).toEqual(paths);
});
