import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { fileClasses, type WatchFile } from '#ports/journal.ts';
import { inState, newFile, stateNamed, watchFile } from './support/jobs.ts';
import { Journals } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

describe('watch files', () => {
  it('are kept, removed and counted like a plain map', async () => {
    const journal = await journals.open();
    const model = new Map<string, WatchFile>();
    const keyOf = (folderId: string, relativePath: string) => `${folderId}/${relativePath}`;
    const fileOf = fc.record({
      folderId: fc.constantFrom('f1', 'f2'),
      relativePath: fc.constantFrom('a', 'b/c', 'é', 'Z', '😀'),
      fileClass: fc.constantFrom(...fileClasses),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fileOf, { maxLength: 6 }),
        fc.array(fileOf, { maxLength: 3 }),
        async (put, gone) => {
          const files = put.map(({ relativePath, ...rest }) => watchFile(relativePath, rest));
          await journal.saveWatchFiles(files, gone);
          for (const { folderId, relativePath } of gone) model.delete(keyOf(folderId, relativePath));
          for (const file of files) model.set(keyOf(file.folderId, file.relativePath), file);
          for (const folderId of ['f1', 'f2']) {
            const expected = [...model.values()]
              .filter((file) => file.folderId === folderId)
              .sort((a, b) => Buffer.compare(Buffer.from(a.relativePath), Buffer.from(b.relativePath)));
            expect(await journal.watchFiles(folderId, '', 100)).toEqual(expected);
            const after = expected[0]?.relativePath ?? '';
            expect(await journal.watchFiles(folderId, after, 2)).toEqual(
              after === '' ? [] : expected.slice(1, 3),
            );
            expect(await journal.watchFileCounts(folderId)).toEqual(
              Object.fromEntries(
                fileClasses.map((name) => [
                  name,
                  expected.filter(({ fileClass }) => fileClass === name).length,
                ]),
              ),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('become jobs together with their rows', async () => {
    const journal = await journals.open();
    const pair = (name: string) => ({
      job: newFile(`/w/${name}`, { origin: 'watched', watchFolderId: 'f1' }, { rank: 1 }),
      file: watchFile(name),
    });
    await journal.saveWatchFiles([watchFile('a')], []);
    const results = await journal.enqueueWatched([pair('a'), pair('b'), pair('a')]);
    expect(results.map(({ outcome, job }) => [outcome, job.id])).toEqual([
      ['added', 1],
      ['added', 2],
      ['joined', 1],
    ]);
    expect(await journal.watchFiles('f1', '', 10)).toEqual([
      watchFile('a', { fileClass: 'job', jobId: 1 }),
      watchFile('b', { fileClass: 'job', jobId: 2 }),
    ]);
    expect(await journal.watchFileCounts('f1')).toEqual({ baseline: 0, ignored: 0, settling: 0, job: 2 });
    expect(await journal.watchFile('f1', 'b')).toMatchObject({ jobId: 2 });
    expect(await journal.watchFile('f1', 'none')).toBeNull();
    expect(await journal.watchFile('none', 'b')).toBeNull();
  });

  it('point at no job that is gone', async () => {
    const journal = await journals.open();
    await journal.saveWatchFiles([watchFile('a', { fileClass: 'job', jobId: 77 })], []);
    expect(await journal.watchFile('f1', 'a')).toMatchObject({ fileClass: 'job', jobId: null });
  });

  it('are forgotten with their folder, however many there are', async () => {
    const journal = await journals.open();
    const files = Array.from({ length: 1200 }, (_, index) =>
      watchFile(`x${index}`, { fileClass: 'baseline' }),
    );
    await journal.saveWatchFiles([...files, watchFile('other', { folderId: 'f2' })], []);
    await journal.forgetFolder('f1');
    expect(await journal.watchFiles('f1', '', 10)).toEqual([]);
    expect(await journal.watchFileCounts('f1')).toEqual({ baseline: 0, ignored: 0, settling: 0, job: 0 });
    expect(await journal.watchFileCounts('f2')).toMatchObject({ settling: 1 });
  });

  it('of a job keep their class when the job is removed for its age', async () => {
    const journal = await journals.open();
    const [added] = await journal.enqueueWatched([{ job: newFile('/w/a'), file: watchFile('a') }]);
    if (added === undefined) throw new Error('One was added');
    await journal.save([{ job: inState(added.job, stateNamed('completed')), entries: [] }]);
    const limits = { completedBefore: journals.clock.time * 2, timelineBefore: 0, copies: 1 };
    expect(await journal.maintain(limits)).toMatchObject({ removedJobs: 1 });
    expect(await journal.watchFile('f1', 'a')).toEqual(watchFile('a', { fileClass: 'job', jobId: null }));
  });
});
