/** Why a path does not go up, for paths that are no plain file of a folder: gone, moved, folders, far away. */
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine } from '#engine';
import { systemClock } from '#ports/clock.ts';
import type { WatchFolderDraft } from '#shared/watch-folder.ts';
import { engineFixture } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

async function scene(draft: Partial<WatchFolderDraft> = {}) {
  const all = await engineFixture();
  const path = join(await temporaryDirectory(), 'watched');
  await mkdir(path);
  const add = async () => {
    const added = await all.engine.addWatchFolder({
      path,
      destinationId: 'demo-flora',
      settleMs: 100,
      ...draft,
    } as WatchFolderDraft);
    return added.folder;
  };
  const because = async (asked: string) => (await all.engine.explainPath(asked)).because;
  return { ...all, path, add, because };
}

describe('the path of', () => {
  it('a watch folder is said to be one, with its state and what it has seen', async () => {
    const { engine, path, add } = await scene();
    await writeFile(join(path, 'old.png'), 'old');
    const folder = await add();
    await engine.scanWatchFolder(folder.id);
    expect(await engine.explainPath(path)).toEqual({
      path,
      folderId: folder.id,
      fileClass: 'unseen',
      rule: null,
      jobIds: [],
      because: [
        'This is a watch folder; its files go to demo-flora.',
        'The folder is being watched.',
        'It has seen 1 file: 0 given to the queue, 1 there before and not asked for, 0 ignored, 0 being written.',
      ],
    });
    await engine.updateWatchFolder(folder.id, { isPaused: true });
    expect((await engine.explainPath(path)).because).toContain('The folder is paused.');
  });

  it('a watch folder by another name is the same folder', async () => {
    const { engine, path, add } = await scene();
    const folder = await add();
    const link = join(dirname(path), 'link');
    await symlink(path, link);
    expect(await engine.explainPath(link)).toMatchObject({ path: link, folderId: folder.id });
    expect(await engine.explainPath(join(link, 'gone.png'))).toMatchObject({ folderId: folder.id });
  });

  it('a folder that is away is said to be away, and its files are not said to be gone', async () => {
    const { engine, path, add, because } = await scene();
    const folder = await add();
    await rename(path, `${path}-away`);
    await engine.scanWatchFolder(folder.id);
    const away = 'The folder cannot be reached at the moment; nothing in it counts as deleted.';
    expect(await because(path)).toContain(away);
    const ofFile = await because(join(path, 'a.png'));
    expect(ofFile).toContain(away);
    expect(ofFile.join(' ')).not.toContain('no file of this path');
  });

  it('a file that is being written is said to be, before any row says it', async () => {
    const { engine, path, add, because } = await scene({ settleMs: 60_000 });
    const folder = await add();
    const file = join(path, 'render.mov');
    await writeFile(file, 'half of it');
    await engine.scanWatchFolder(folder.id);
    expect(await because(file)).toContain(
      'It is still being written: it goes up when size and time stay the same.',
    );
    expect(await engine.explainPath(file)).toMatchObject({ fileClass: 'settling', rule: null });
  });

  it('a folder that nobody watches at the moment says so', async () => {
    const { engine, path, add, dataDir } = await scene();
    await add();
    await engine.close();
    const looker = await openEngine({
      dataDir,
      host: { name: 'cli', keyWrap: null, trash: null },
      version: '0.0.0-test',
      clock: systemClock,
      random: Math.random,
      environment: {},
      startsWork: false,
    });
    if (looker === 'locked') throw new Error('The directory is in use.');
    try {
      expect((await looker.explainPath(path)).because).toContain(
        'No engine is running, so nobody watches the folder.',
      );
    } finally {
      await looker.close();
    }
  });

  it.each([
    [['*', '!*/', '!*.jpg'], 'It is ignored: the rules take only JPG files.'],
    [['*'], 'It is ignored: * (a rule of this folder).'],
    [['*.txt'], 'It is ignored: *.txt (a rule of this folder).'],
  ])('a file that the rules %j leave out says why', async (ignore, sentence) => {
    const { engine, path, add, because } = await scene({ ignore });
    const folder = await add();
    const file = join(path, 'notes.txt');
    await writeFile(file, 'notes');
    // Told alike before the folder has seen it and after.
    expect(await because(file)).toContain(sentence);
    await engine.scanWatchFolder(folder.id);
    expect(await engine.explainPath(file)).toMatchObject({ fileClass: 'ignored' });
    expect(await because(file)).toContain(sentence);
  });

  it.each([
    ['large enough', 'It was there before the folder was watched, and was not asked for.', null],
    ['small', 'It is ignored: smaller than 10 B.', 'smaller than 10 B'],
  ])(
    'a file is held against the limits of its folder by its own size: %s',
    async (content, sentence, rule) => {
      const { engine, path, add } = await scene({ minBytes: 10 });
      const file = join(path, 'notes.txt');
      await writeFile(file, content);
      const folder = await add();
      await engine.scanWatchFolder(folder.id);
      const explanation = await engine.explainPath(file);
      expect(explanation.rule).toBe(rule);
      expect(explanation.because).toContain(sentence);
      // Of one that never was, no size is known.
      expect((await engine.explainPath(join(path, 'never.txt'))).rule).toBeNull();
    },
  );

  it('what is above or outside every folder says what is below', async () => {
    const { path, add, because } = await scene();
    await add();
    expect(await because(dirname(path))).toEqual([
      `This directory is not watched itself; below it is the watch folder ${path}.`,
    ]);
    expect(await because('/nowhere/b.png')).toEqual([
      'No watch folder holds this path.',
      'There is no file of this path, and no job of one.',
    ]);
  });

  it('a directory in a folder, and a file that never was', async () => {
    const { path, add, because } = await scene();
    await mkdir(join(path, 'sub'));
    await add();
    expect(await because(join(path, 'sub'))).toContain(
      'It is a directory: each file in it is looked at by itself.',
    );
    expect(await because(join(path, 'never.png'))).toContain(
      'There is no file of this path, and no job of one.',
    );
  });
});

describe('a file that is gone', () => {
  it('is said to be gone, with what became of its job', async () => {
    const { engine, because, atRest } = await scene();
    const file = join(await temporaryDirectory(), 'a.png');
    await writeFile(file, 'content');
    const { files } = await engine.addFiles([file], { destinationId: 'demo-flora' });
    const [id = 0] = files.map(({ jobId }) => jobId ?? 0);
    await atRest([id]);
    await rm(file);
    expect(await because(file)).toEqual([
      'No watch folder holds this path.',
      'The file is there no longer; what is up stays up.',
      `Job ${id} to demo-flora: completed.`,
    ]);
  });

  it('because Hoist put it away is found where it is', async () => {
    const { engine, path, add, because, until } = await scene({ after: { kind: 'move', directory: 'done' } });
    await add();
    const file = join(path, 'a.png');
    await writeFile(file, 'content');
    await until([1], ([job]) => job !== undefined && job.path !== file);
    const [job] = await engine.rows([1]);
    expect((await because(file)).join(' ')).toContain(`${job?.path}`);
    expect((await because(file)).at(-1)).toBe('Job 1 to demo-flora: completed.');
  });
});
