import { expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import { ContractError, type FolderPreview } from '#shared/ipc.ts';
import type { GivenFile } from '#shared/window-host.ts';
import { countFolders } from '../../../renderer/shell/drop/use-folder-previews.ts';

const folder = (path: string): GivenFile => ({
  id: path,
  path,
  name: path.slice(1),
  size: 0,
  type: '',
  isFolder: true,
});
const preview = (files: number): FolderPreview => ({
  files,
  bytes: files * 10,
  first: [],
  ignored: [],
  ignoredFiles: 1,
  refused: [{ failure: failure('too-large'), files: 1, example: 'a.mov' }],
});

test('what several folders hold is one count; one that cannot be looked at is said, and stops nothing', async () => {
  const asked: unknown[] = [];
  const api = {
    async previewWatchFolder(draft: { readonly path: string; readonly destinationId: string }) {
      asked.push(draft);
      if (draft.path === '/home') throw new ContractError(failure('invalid'));
      return preview(draft.path === '/a' ? 2 : 3);
    },
  };
  const count = await countFolders(api, [folder('/a'), folder('/home'), folder('/b')], 'demo-flora');
  expect(count).toMatchObject({ files: 5, bytes: 50, leftOut: 2, uncounted: 1 });
  expect(count.refusals).toHaveLength(2);
  expect(asked[0]).toEqual({ path: '/a', destinationId: 'demo-flora' });
});
