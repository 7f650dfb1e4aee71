/** When files leave the inbox. */
import { mkdir, readdir, readFile, realpath, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { localApi } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import type { JobState } from '#shared/job.ts';
import { fateOf } from '../../electron/inbox/fate.ts';
import { receivingFolder } from '../../electron/inbox/receive-file.ts';
import { tidyInbox } from '../../electron/inbox/tidy-inbox.ts';
import { engineFixture } from '../support/engine-fixture.ts';
import { createFakeEngine } from '../support/fake-engine.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const day = 24 * 60 * 60_000;

describe('the fate of a file', () => {
  const job = (name: JobState['name'], addedAt: number, updatedAt = addedAt) =>
    ({ state: { name } as JobState, addedAt, updatedAt }) as const;
  const minutes = 60_000;
  test.each<[string, Parameters<typeof fateOf>[0], 'keep' | number]>([
    ['a job goes on', { jobs: [job('uploading', 11)], hadJob: true, givenAt: 10 }, 'keep'],
    ['a job failed', { jobs: [job('failed', 11)], hadJob: true, givenAt: 10 }, 'keep'],
    [
      'one is up, one is not',
      { jobs: [job('completed', 11), job('paused', 12)], hadJob: true, givenAt: 10 },
      'keep',
    ],
    ['all are up', { jobs: [job('completed', 11)], hadJob: true, givenAt: 10.4 }, 0],
    ['up, and given in the same ms', { jobs: [job('completed', 10)], hadJob: true, givenAt: 10.4 }, 0],
    ['up, and given again since', { jobs: [job('completed', 9)], hadJob: true, givenAt: 10 }, 10 + minutes],
    [
      'canceled a moment ago',
      { jobs: [job('canceled', 11, 99)], hadJob: true, givenAt: 10 },
      99 + 10 * minutes,
    ],
    ['removed from the list', { jobs: [], hadJob: true, givenAt: 10 }, 10 + minutes],
    ['never had a job', { jobs: [], hadJob: false, givenAt: 10 }, 10 + day],
  ])('%s', (_name, file, fate) => expect(fateOf(file)).toBe(fate));
});

describe('the tidier', () => {
  async function putFile(inboxDir: string, name: string, ageMs = 0): Promise<string> {
    const path = join(inboxDir, `key-${name}`, 'deep', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, name);
    const at = new Date(Date.now() - ageMs);
    await utimes(join(inboxDir, `key-${name}`), at, at);
    return path;
  }

  test('removes a file when its last job is up, and lets its picture be made before', async () => {
    const { engine, demo, dataDir, atRest } = await engineFixture();
    expect(demo).toBeDefined();
    const inboxDir = await realpath(await temporaryDirectory());
    expect(dataDir).not.toBe(inboxDir);
    const api = localApi(engine, systemClock);
    onTestFinished(() => api.close());
    const [path, other] = [await putFile(inboxDir, 'a.bin'), await putFile(inboxDir, 'b.bin')];
    const seen: (readonly [string, number])[] = [];
    const gone = Promise.withResolvers<void>();
    const tidier = tidyInbox({
      inboxDir,
      api,
      clock: systemClock,
      async thumbnail(file, size) {
        expect((await readFile(file)).toString()).toBe('a.bin');
        seen.push([file, size]);
        if (seen.length === 2) gone.resolve();
      },
      onBug: (_what, error) => gone.reject(error),
    });
    await tidier.sweep();
    await stat(path);
    const report = await api.addFiles([path], { destinationId: 'demo-flora' });
    const ids = report.files.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
    expect((await atRest(ids)).map(({ state }) => state.name)).toEqual(['completed']);
    await gone.promise;
    await tidier.sweep();
    expect(seen).toEqual([
      [path, 64],
      [path, 512],
    ]);
    expect(await readdir(inboxDir)).toEqual(['key-b.bin']);
    await stat(other);
    await tidier.close();
  });

  test('sweeps what was left: orphans after a day, what is removed from the list, forgotten parts', async () => {
    const inboxDir = await realpath(await temporaryDirectory());
    const engine = createFakeEngine();
    const api = localApi(engine.service, systemClock);
    onTestFinished(() => api.close());
    const young = await putFile(inboxDir, 'young', day - 60_000);
    await putFile(inboxDir, 'old', day + 60_000);
    const failed = await putFile(inboxDir, 'failed', 2 * day);
    const removed = await putFile(inboxDir, 'removed', 2 * 60_000);
    engine.fail(engine.add(failed).id, { code: 'stalled', message: '', facts: {} });
    const job = engine.add(removed);
    const parts = join(inboxDir, receivingFolder);
    await mkdir(parts);
    for (const [name, age] of [
      ['now.part', 0],
      ['forgotten.part', day + 60_000],
    ] as const) {
      await writeFile(join(parts, name), '');
      await utimes(join(parts, name), new Date(), new Date(Date.now() - age));
    }
    const tidier = tidyInbox({
      inboxDir,
      api,
      clock: systemClock,
      thumbnail: () => Promise.reject(new Error('nothing here was completed')),
      onBug: (_what, error) => expect.unreachable(String(error)),
    });
    onTestFinished(() => tidier.close());
    await tidier.sweep();
    expect((await readdir(inboxDir)).sort()).toEqual([
      receivingFolder,
      'key-failed',
      'key-removed',
      'key-young',
    ]);
    expect(await readdir(parts)).toEqual(['now.part']);
    await api.cancelJobs({ ids: [job.id] });
    await api.removeJobs({ ids: [job.id] });
    await tidier.sweep();
    expect((await readdir(inboxDir)).sort()).toEqual([receivingFolder, 'key-failed', 'key-young']);
    await stat(young);
    await tidier.close();
  });
});
