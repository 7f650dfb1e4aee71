import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { expect, test } from 'vitest';
import { createFolderConsent, foldersNamed } from '../../../electron/desktop/window/named-folders.ts';
import { takeFolders } from '../../../electron/desktop/window/texts.ts';

const keep = { kind: 'keep' } as const;
const moveTo = (directory: string) => ({ kind: 'move', directory }) as const;
const known = [
  { id: 'a', path: '/home/me/renders', after: moveTo('/mnt/done') },
  { id: 'b', path: '/home/me/stills', after: keep },
];

test.each([
  ['a new folder', 'addWatchFolder', [{ path: '/home/me/new/../fresh', after: keep }], ['/home/me/fresh']],
  ['a place of its own for originals', 'addWatchFolder', [{ path: '/x', after: moveTo('sent') }], ['/x']],
  ['a place outside', 'addWatchFolder', [{ path: '/x', after: moveTo('../sent') }], ['/x', '/sent']],
  ['a place with an odd name inside', 'addWatchFolder', [{ path: '/x', after: moveTo('./sent') }], ['/x']],
  ['an absolute place', 'addWatchFolder', [{ path: '/x', after: moveTo('/y') }], ['/x', '/y']],
  ['an edit that leaves places alone', 'updateWatchFolder', ['a', { after: moveTo('/mnt/done') }], []],
  ['an edit of another rule', 'updateWatchFolder', ['a', { settleMs: 500 }], []],
  ['an edit of the path', 'updateWatchFolder', ['a', { path: '/etc' }], ['/etc']],
  ['an edit of the place', 'updateWatchFolder', ['b', { after: moveTo('../out') }], ['/home/me/out']],
  ['an edit of a folder that is not there', 'updateWatchFolder', ['z', { path: '/etc' }], ['/etc']],
  [
    'a settings file',
    'importSettings',
    [JSON.stringify({ watchFolders: [known[0], { path: '/etc', after: keep }, { path: '/etc' }, 7] })],
    ['/etc'],
  ],
  ['junk instead of settings', 'importSettings', ['{'], []],
  ['settings without folders', 'importSettings', [JSON.stringify({ watchFolders: { path: '/etc' } })], []],
  ['no draft at all', 'addWatchFolder', [null], []],
  ['a path that is none', 'addWatchFolder', [{ path: 7 }], []],
  ['what names no folder', 'snapshot', [], []],
])('%s', (_what, name, args, expected) => {
  expect(foldersNamed(name, args, known)).toEqual(expected);
});

function consent(answer: number, given: readonly string[] = []) {
  const questions: string[] = [];
  const folders = createFolderConsent({
    window: () => ({}) as BrowserWindow,
    dialog: {
      async showMessageBox(...args: readonly unknown[]) {
        questions.push((args.at(-1) as MessageBoxOptions).detail ?? '');
        return { response: answer, checkboxChecked: false };
      },
    },
    given: { holds: (path) => given.includes(path) },
  });
  return { folders, questions };
}

test('what the person chose or dropped is not asked about', async () => {
  const { folders, questions } = consent(1, ['/dropped']);
  folders.chosen('/chosen/');
  expect(await folders.allows(['/chosen', '/dropped'])).toBe(true);
  expect(await folders.allows([])).toBe(true);
  expect(questions).toEqual([]);
});

test('a yes holds for as long as the window, a no for once', async () => {
  const yes = consent(takeFolders);
  expect([await yes.folders.allows(['/a']), await yes.folders.allows(['/a'])]).toEqual([true, true]);
  expect(yes.questions).toHaveLength(1);
  const no = consent(1);
  expect([await no.folders.allows(['/a']), await no.folders.allows(['/a'])]).toEqual([false, false]);
  expect(no.questions).toHaveLength(2);
});

test('only what is open is asked about, all of it at once', async () => {
  const { folders, questions } = consent(takeFolders, ['/dropped']);
  const many = Array.from({ length: 11 }, (_, index) => `/folder ${index}`);
  expect(await folders.allows(['/dropped', ...many])).toBe(true);
  expect(questions).toHaveLength(1);
  expect(questions[0]).toContain('/folder 7\nand 3 more');
  expect(questions[0]).not.toContain('/dropped');
});
