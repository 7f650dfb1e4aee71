/** Watch folders through the whole engine: rules, dry run, what becomes of originals, why a path does not go up. */
import { mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineService } from '#ports/engine-service.ts';
import type { UploadJob } from '#shared/job.ts';
import type { WatchFolderDraft } from '#shared/watch-folder.ts';
import { engineFixture, startEngine, watchJobs } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

async function fixture(
  draft: Partial<WatchFolderDraft> = {},
  before: (path: string) => Promise<void> = async () => {},
) {
  const all = await engineFixture();
  const path = await temporaryDirectory();
  await before(path);
  const add = () =>
    all.engine.addWatchFolder({
      path,
      destinationId: 'demo-flora',
      settleMs: 100,
      ...draft,
    } as WatchFolderDraft);
  return { ...all, path, add };
}

/** Resolves with the jobs of a folder when there are so many and all are completed. */
async function completedJobs(
  engine: EngineService,
  watchFolderId: string,
  count: number,
): Promise<readonly UploadJob[]> {
  for (;;) {
    const change = Promise.withResolvers<void>();
    const undo = engine.onChange(({ kind }) => kind === 'jobs' && change.resolve());
    try {
      const { rows } = await engine.listJobs({
        filter: { watchFolderId, states: ['completed'] },
        sort: 'added',
        direction: 'ascending',
        cursor: null,
        limit: 100,
      });
      if (rows.length >= count) return rows;
      await change.promise;
    } finally {
      undo();
    }
  }
}

describe('a watch folder', () => {
  it('leaves what was there, sends what comes, and goes on after a restart', async () => {
    const { engine, path, add, dataDir } = await fixture({}, (folder) =>
      writeFile(join(folder, 'old.png'), 'old'),
    );
    const { folder } = await add();
    await writeFile(join(path, 'new.png'), 'new');
    expect((await completedJobs(engine, folder.id, 1)).map(({ name }) => name)).toEqual(['new.png']);
    await engine.close();
    await writeFile(join(path, 'while-closed.png'), 'closed');
    const again = await startEngine(dataDir);
    const jobs = await completedJobs(again, folder.id, 2);
    expect(jobs.map(({ name }) => name)).toEqual(['new.png', 'while-closed.png']);
    const view = await again.scanWatchFolder(folder.id);
    expect(view.health).toMatchObject({ seen: 3, baseline: 1, ignored: 0, settling: 0, jobs: 2 });
  });

  it('is refused where it must not be', async () => {
    const { engine, path, add, dataDir } = await fixture();
    await add();
    const refused = (draft: WatchFolderDraft) =>
      expect(Promise.resolve(engine.addWatchFolder(draft))).rejects.toMatchObject({
        failure: { code: 'folder-refused' },
      });
    await refused({ path: dataDir, destinationId: 'demo-flora' });
    await refused({ path: '/', destinationId: 'demo-flora' });
    await mkdir(join(path, 'below'));
    await refused({ path: join(path, 'below'), destinationId: 'demo-flora' });
    expect((await engine.snapshot()).folders).toHaveLength(1);
    await expect(
      Promise.resolve(engine.addWatchFolder({ path: await temporaryDirectory(), destinationId: 'nobody' })),
    ).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('says beforehand what it would send, what it would not, and what breaks a limit', async () => {
    const { engine, path } = await fixture();
    await writeFile(join(path, 'a.png'), 'a');
    await writeFile(join(path, 'empty.png'), '');
    await writeFile(join(path, 'b.part'), 'b');
    const preview = await engine.previewWatchFolder({ path, destinationId: 'demo-runflow' }, null);
    expect(preview).toMatchObject({ files: 2, bytes: 1, ignoredFiles: 1 });
    expect(preview.refused).toMatchObject([
      { failure: { code: 'empty-file' }, files: 1, example: 'empty.png' },
    ]);
    expect((await engine.snapshot()).folders).toEqual([]);
  });

  it('counts against the destination only what its own rules let pass', async () => {
    const { engine, path } = await fixture();
    const away = await temporaryDirectory();
    await writeFile(join(path, 'empty.png'), '');
    await writeFile(join(path, 'a.png'), 'abc');
    await mkdir(join(path, 'done'));
    await writeFile(join(path, 'done', 'sent.png'), '');
    const link = join(away, 'link');
    await symlink(path, link);
    const preview = (rules: Partial<WatchFolderDraft>) =>
      engine.previewWatchFolder({ path: link, destinationId: 'demo-runflow', ...rules }, null);
    expect(await preview({})).toMatchObject({
      files: 3,
      refused: [{ failure: { code: 'empty-file' }, files: 2, example: 'empty.png' }],
    });
    expect(await preview({ after: { kind: 'move', directory: 'done' } })).toMatchObject({
      files: 2,
      refused: [{ failure: { code: 'empty-file' }, files: 1, example: 'empty.png' }],
    });
    expect(await preview({ minBytes: 1 })).toMatchObject({ files: 1, refused: [] });
  });

  it('tries other rules on a folder that is watched, for the one who edits it only', async () => {
    const { engine, path, add } = await fixture({}, (folder) => writeFile(join(folder, 'old.png'), 'old'));
    const { folder } = await add();
    const draft = { path, destinationId: 'demo-flora', ignore: ['old.*'] };
    expect(await engine.previewWatchFolder(draft, folder.id)).toMatchObject({ files: 0, ignoredFiles: 1 });
    const refused = { failure: { code: 'folder-refused', message: 'It is watched already.' } };
    await expect(Promise.resolve(engine.previewWatchFolder(draft, null))).rejects.toMatchObject(refused);
    await expect(Promise.resolve(engine.previewWatchFolder(draft, 'another'))).rejects.toMatchObject(refused);
  });
});

describe('originals', () => {
  it('move after the service confirmed them, keep their tree, and replace nothing', async () => {
    const { engine, path, add } = await fixture({ after: { kind: 'move', directory: 'done' } });
    const { folder } = await add();
    await mkdir(join(path, 'shots'));
    await mkdir(join(path, 'done', 'shots'), { recursive: true });
    await writeFile(join(path, 'done', 'shots', 'a.png'), 'somebody else');
    await writeFile(join(path, 'shots', 'a.png'), 'content of a');
    const [job] = await completedJobs(engine, folder.id, 1);
    const moved = join(path, 'done', 'shots', 'a (2).png');
    await untilMoved(engine, job?.id ?? 0, moved);
    expect(await readFile(moved, 'utf8')).toBe('content of a');
    expect(await readFile(join(path, 'done', 'shots', 'a.png'), 'utf8')).toBe('somebody else');
    await expect(stat(join(path, 'shots', 'a.png'))).rejects.toThrow('ENOENT');
    // What was moved is not found again.
    const view = await engine.scanWatchFolder(folder.id);
    expect(view.health.settling).toBe(0);
    expect((await engine.countJobs({ watchFolderId: folder.id })).all).toBe(1);
  });

  it('stay where the service confirms no lasting asset: the rule is refused', async () => {
    const { engine, path } = await fixture();
    for (const destinationId of ['demo-cyberun', 'demo-pupload']) {
      await expect(
        Promise.resolve(
          engine.addWatchFolder({ path, destinationId, after: { kind: 'move', directory: 'done' } }),
        ),
      ).rejects.toMatchObject({ failure: { code: 'invalid' } });
    }
  });
});

describe('explain', () => {
  it('names the folder, the rule and the job', async () => {
    const { engine, path, add } = await fixture({ ignore: ['*.txt'] });
    const { folder } = await add();
    await writeFile(join(path, 'notes.txt'), 'n');
    await writeFile(join(path, 'a.png'), 'a');
    const [job] = await completedJobs(engine, folder.id, 1);
    await engine.scanWatchFolder(folder.id);
    expect(await engine.explainPath(join(path, 'notes.txt'))).toMatchObject({
      fileClass: 'ignored',
      folderId: folder.id,
    });
    expect((await engine.explainPath(join(path, 'notes.txt'))).rule).toContain('*.txt');
    expect(await engine.explainPath(join(path, 'a.png'))).toMatchObject({
      fileClass: 'job',
      jobIds: [job?.id],
    });
    expect(await engine.explainPath('/nowhere/b.png')).toMatchObject({ fileClass: 'unseen', folderId: null });
  });

  it('follows a job whose file was renamed', async () => {
    const { engine, path, add } = await fixture();
    const { folder } = await add();
    await writeFile(join(path, 'a.png'), 'a');
    const [job] = await completedJobs(engine, folder.id, 1);
    await rename(join(path, 'a.png'), join(path, 'b.png'));
    await engine.scanWatchFolder(folder.id);
    await untilMoved(engine, job?.id ?? 0, join(path, 'b.png'));
    expect((await engine.countJobs({ watchFolderId: folder.id })).all).toBe(1);
  });
});

async function untilMoved(engine: EngineService, id: number, path: string): Promise<void> {
  await watchJobs(engine).until([id], ([job]) => job?.path === path);
}
