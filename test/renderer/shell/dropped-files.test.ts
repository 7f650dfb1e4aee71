import { expect, test } from 'vitest';
import type { GivenFile } from '#shared/window-host.ts';
import { isLeftOut } from '../../../renderer/shell/drop/built-in-left-out.ts';
import { type DroppedFolder, splitFolders, walkFolders } from '../../../renderer/shell/drop/dropped-files.ts';
import { nameFiles } from '../../../renderer/shell/drop/pasted-files.ts';

/** A folder's content: text is a file's, null what cannot be read. */
interface Tree {
  readonly [name: string]: Tree | string | null;
}

/** Readers give three at a time, as browsers give a hundred. */
const atATime = 3;

function folder(name: string, tree: Tree | null, above = ''): FileSystemDirectoryEntry {
  const fullPath = `${above}/${name}`;
  const entries = Object.entries(tree ?? {}).map(([child, content]) =>
    typeof content === 'string' || content === null
      ? leaf(child, content, fullPath)
      : folder(child, content, fullPath),
  );
  const createReader = () => {
    let at = 0;
    return {
      readEntries(resolve: (some: readonly unknown[]) => void, reject: (error: Error) => void) {
        at += atATime;
        if (tree === null) reject(new Error('NotReadableError'));
        else resolve(entries.slice(at - atATime, at));
      },
    };
  };
  // Only what a walk asks of it.
  return {
    name,
    fullPath,
    isDirectory: true,
    isFile: false,
    createReader,
  } as unknown as FileSystemDirectoryEntry;
}

const leaf = (name: string, content: string | null, above: string) => ({
  name,
  fullPath: `${above}/${name}`,
  isDirectory: false,
  isFile: true,
  file(resolve: (file: File) => void, reject: (error: Error) => void) {
    if (content === null) reject(new Error('NotReadableError'));
    else resolve(new File([content], name));
  },
});

const never = new AbortController().signal;

test('all files of a folder are found, with their paths in it', async () => {
  const tree = {
    '1.png': 'a',
    '2.png': 'bb',
    deep: { 'a.mov': 'ccc', deeper: { 'b.mov': 'dddd' } },
    '3.png': 'e',
    '4.png': 'f',
    empty: {},
  };
  const { files, bytes, leftOut, unreadable } = await walkFolders([folder('Renders', tree)], never, () => {});
  expect(files.map(({ webkitRelativePath }) => webkitRelativePath).sort()).toEqual([
    'Renders/1.png',
    'Renders/2.png',
    'Renders/3.png',
    'Renders/4.png',
    'Renders/deep/a.mov',
    'Renders/deep/deeper/b.mov',
  ]);
  expect([bytes, leftOut, unreadable]).toEqual([12, 0, 0]);
});

test('what never goes up is left out, folders as a whole; what cannot be read is counted', async () => {
  const tree = {
    '.DS_Store': 'x',
    '.ssh': { id: 'secret' },
    'half.part': 'x',
    'locked.png': null,
    'a.png': 'a',
  };
  const walked = await walkFolders([folder('A', tree), folder('B', null)], never, () => {});
  expect(walked.files.map(({ name }) => name)).toEqual(['a.png']);
  expect([walked.leftOut, walked.unreadable]).toEqual([3, 2]);
});

test('it counts on the way, and stops where it is told', async () => {
  const tree = Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`${index}.png`, 'x']));
  const counts: number[] = [];
  await walkFolders([folder('A', tree)], never, (files) => counts.push(files));
  expect(counts).toEqual([200, 400, 450]);
  const stop = new AbortController();
  const { files } = await walkFolders([folder('A', tree), folder('B', tree)], stop.signal, () =>
    stop.abort(),
  );
  expect(files).toHaveLength(200);
});

test.for<readonly [name: string, isOut: boolean]>([
  ['.DS_Store', true],
  ['thumbs.DB', true],
  ['a.png', false],
  ['a.tmp', true],
  ['a.tmp.png', false],
  ['notes~', true],
  ['$RECYCLE.BIN', true],
  ['.a.swp', true],
  ['.hidden', false],
])('%s is left out: %s', ([name, isOut]) => {
  expect(isLeftOut(name)).toBe(isOut);
});

const now = new Date(2026, 10, 22, 14, 5, 12).getTime();
const pasted = (name: string, type: string, age = 0) =>
  new File(['x'], name, { type, lastModified: now - age });

test.for<readonly [what: string, files: readonly File[], names: readonly string[]]>([
  [
    'a picture that was copied as such',
    [pasted('image.png', 'image/png')],
    ['Pasted 2026-11-22 14.05.12.png'],
  ],
  ['one without any name', [pasted('', 'image/jpeg')], ['Pasted 2026-11-22 14.05.12.jpg']],
  ['one whose type says little', [pasted('', 'image/svg+xml')], ['Pasted 2026-11-22 14.05.12.svg']],
  ['a copied file', [pasted('cat.png', 'image/png')], ['cat.png']],
  ['a copied file that is called so', [pasted('image.png', 'image/png', 60_000)], ['image.png']],
  [
    'two at once',
    [pasted('image.png', 'image/png'), pasted('image.png', 'image/png')],
    ['Pasted 2026-11-22 14.05.12.png', 'Pasted 2026-11-22 14.05.12 2.png'],
  ],
])('%s', ([, files, names]) => {
  expect(nameFiles(files, now).map(({ name }) => name)).toEqual(names);
});

test('a new name changes nothing else', async () => {
  const [file] = nameFiles([pasted('image.png', 'image/png', 10)], now);
  expect([file?.type, file?.lastModified, await file?.text()]).toEqual(['image/png', now - 10, 'x']);
});

const dropped = (name: string, hasFile = true): DroppedFolder => ({
  entry: folder(name, {}),
  file: hasFile ? new File([], name) : null,
});
const known = (name: string): GivenFile => ({
  id: name,
  path: `/${name}`,
  name,
  size: 0,
  type: '',
  isFolder: true,
});
const file = new File(['x'], 'a.png');

test('where the host knows no more, the window walks every folder', async () => {
  const [a, b] = [dropped('a'), dropped('b')];
  expect(await splitFolders({ files: [file], folders: [a, b] }, null)).toEqual({
    files: [file],
    folders: [a.entry, b.entry],
    givenFolders: [],
  });
});

test('folders that the host knows are given as they are, the others are walked', async () => {
  const [a, virtual, bare] = [dropped('a'), dropped('virtual'), dropped('bare', false)];
  const asked: string[] = [];
  const split = await splitFolders({ files: [file], folders: [virtual, a, bare] }, async (files) => {
    asked.push(...files.map(({ name }) => name));
    return files.map((one) => (one.name === 'a' ? known('a') : one));
  });
  expect(asked).toEqual(['virtual', 'a']);
  expect(split.folders).toEqual([virtual.entry, bare.entry]);
  expect(split.givenFolders).toEqual([known('a')]);
});

test('files alone ask the host nothing: they are known when they are added', async () => {
  const split = await splitFolders({ files: [file], folders: [] }, () => Promise.reject(new Error('asked')));
  expect(split).toEqual({ files: [file], folders: [], givenFolders: [] });
});
