import { afterEach, describe, expect, it } from 'vitest';
import type { StoredJob } from '#ports/stored-job.ts';
import { stateNames } from '#shared/job.ts';
import type { OpenedJournal } from '#storage';
import { asset, inState, newFile, order, stateNamed } from './support/jobs.ts';
import { Journals, testSealer } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

async function add(journal: OpenedJournal, ...args: Parameters<typeof newFile>): Promise<StoredJob> {
  const [result] = await journal.enqueue([newFile(...args)]);
  if (result?.outcome !== 'added') throw new Error(`Expected a new job, got ${result?.outcome}`);
  return result.job;
}

async function save(journal: OpenedJournal, job: StoredJob): Promise<StoredJob> {
  const result = await journal.save([{ job, entries: [] }]);
  const saved = result.saved ? result.jobs[0] : undefined;
  if (saved === undefined) throw new Error('Expected the job to be saved');
  return saved;
}

describe('enqueue', () => {
  it('adds a job in queued(reserve) and answers it as it can be loaded', async () => {
    const journal = await journals.open();
    const job = await add(journal, '/a/Ünï.JPG', {
      edge: 'image',
      groupId: 'g',
      batchId: 'b',
      watchFolderId: 'f',
    });
    expect(job).toMatchObject({
      ...order('/a/Ünï.JPG', { edge: 'image', groupId: 'g', batchId: 'b', watchFolderId: 'f' }),
      generation: 1,
      state: { name: 'queued', step: 'reserve', reservation: null },
      addedAt: journals.clock.time,
    });
    expect(await journal.load([job.id])).toEqual([job]);
    expect(await journal.timeline(job.id)).toEqual([{ at: 1, kind: 'queued', attempt: 0 }]);
  });

  it('joins twins in one call, in parallel calls and later', async () => {
    const journal = await journals.open();
    const twins = await Promise.all([
      journal.enqueue([newFile('/a/x'), newFile('/a/x')]),
      journal.enqueue([newFile('/a/x')]),
    ]);
    const results = [...twins.flat(), ...(await journal.enqueue([newFile('/a/x')]))];
    expect(results.map(({ outcome, job }) => [outcome, job.id])).toEqual([
      ['added', 1],
      ['joined', 1],
      ['joined', 1],
      ['joined', 1],
    ]);
  });

  it('takes the files of a flow run as the run that is there, or as a new one', async () => {
    const journal = await journals.open();
    const give = async (groupId: string, paths: readonly string[]) => {
      const files = paths.map((path, index) => newFile(path, { edge: `e${index}`, groupId }));
      return (await journal.enqueue(files)).map(({ outcome, job }) => `${outcome} ${job.id}`);
    };
    expect(await give('g', ['/a', '/b'])).toEqual(['added 1', 'added 2']);
    const [first] = await journal.load([1]);
    if (first !== undefined) await save(journal, inState(first, stateNamed('canceled')));
    expect(await give('h', ['/a', '/b'])).toEqual(['joined 1', 'joined 2']);
    expect(await give('i', ['/a', '/c'])).toEqual(['added 3', 'added 4']);
    expect(await give('j', ['/a', '/c'])).toEqual(['joined 3', 'joined 4']);
    expect((await journal.load([3])).map(({ groupId, generation }) => [groupId, generation])).toEqual([
      ['i', 2],
    ]);
  });

  it('tells destinations and edges apart', async () => {
    const journal = await journals.open();
    const results = await journal.enqueue([
      newFile('/a/x'),
      newFile('/a/x', { destinationId: 'd2' }),
      newFile('/a/x', { edge: 'mask' }),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['added', 'added', 'added']);
  });

  it.each(['failed', 'blocked', 'paused', 'uploading', 'processing'] as const)(
    'joins a job in %s',
    async (name) => {
      const journal = await journals.open();
      const job = await save(journal, inState(await add(journal, '/a/x'), stateNamed(name)));
      expect(await journal.enqueue([newFile('/a/x')])).toEqual([{ outcome: 'joined', job }]);
    },
  );

  it('answers with the completed job while its link lives, and adds the next generation after', async () => {
    const journal = await journals.open();
    const linkExpiresAt = journals.clock.time + 1000;
    const done = await save(
      journal,
      inState(await add(journal, '/a/x'), { name: 'completed', asset: asset({ linkExpiresAt }) }),
    );
    expect(await journal.enqueue([newFile('/a/x')])).toEqual([{ outcome: 'linked', job: done }]);
    journals.clock.time = linkExpiresAt;
    const [again] = await journal.enqueue([newFile('/a/x')]);
    expect(again).toMatchObject({ outcome: 'added', job: { generation: 2 } });
    expect(again?.job.id).not.toBe(done.id);
  });

  it('takes a link without an end for living', async () => {
    const journal = await journals.open();
    await save(journal, inState(await add(journal, '/a/x'), stateNamed('completed')));
    expect((await journal.enqueue([newFile('/a/x')])).map(({ outcome }) => outcome)).toEqual(['linked']);
  });

  it('does not count a canceled job', async () => {
    const journal = await journals.open();
    await save(journal, inState(await add(journal, '/a/x'), stateNamed('canceled')));
    expect(await journal.enqueue([newFile('/a/x')])).toMatchObject([
      { outcome: 'added', job: { generation: 2 } },
    ]);
  });

  it('finds the unfinished job of another version, and none where that is completed', async () => {
    const journal = await journals.open();
    const job = await add(journal, '/a/x');
    const changed = newFile('/a/x', { file: { ...job.file, sizeBytes: 2 } });
    expect(await journal.enqueue([changed])).toEqual([{ outcome: 'changed', job }]);
    await save(journal, inState(job, stateNamed('completed')));
    expect(await journal.enqueue([changed])).toMatchObject([{ outcome: 'added', job: { generation: 2 } }]);
  });

  it('makes a new generation where it is forced, whatever is there', async () => {
    const journal = await journals.open();
    const forced = newFile('/a/x', {}, { isForced: true });
    const results = await journal.enqueue([newFile('/a/x'), forced, forced]);
    expect(results.map(({ outcome, job }) => [outcome, job.generation])).toEqual([
      ['added', 1],
      ['added', 2],
      ['added', 3],
    ]);
  });
});

describe('save', () => {
  it.each(stateNames)('brings a job in %s back as it was', async (name) => {
    const directory = journals.directory();
    const first = await journals.open({ directory });
    const job = await add(first, '/a/x', { batchId: 'b' });
    const given = inState(job, stateNamed(name), {
      attempts: 3,
      renewals: 4,
      renewalsInRow: 2,
      wasSignatureRefused: true,
      wasDoubted: true,
      wasCompleteTried: true,
      reserveKey: 'key-1',
      rank: -7,
      sha256: 'ab',
    });
    const saved = await save(first, given);
    expect(saved).toEqual({ ...given, revision: saved.revision });
    await first.close();
    const second = await journals.open({ directory });
    expect(await second.load([job.id])).toEqual([saved]);
  });

  it('refuses a stale revision, and then writes nothing of the call', async () => {
    const journal = await journals.open();
    const one = await add(journal, '/a/1');
    const two = await add(journal, '/a/2');
    await save(journal, inState(two, stateNamed('paused')));
    const entries = [{ at: 2, kind: 'reserved', attempt: 1 }] as const;
    const result = await journal.save([
      { job: inState(one, stateNamed('uploading')), entries },
      { job: inState(two, stateNamed('uploading')), entries },
    ]);
    expect(result).toEqual({ saved: false });
    expect(await journal.load([one.id])).toEqual([one]);
    expect(await journal.timeline(one.id)).toHaveLength(1);
  });

  it('refuses the same job twice in one call, and one that is gone', async () => {
    const journal = await journals.open();
    const job = await add(journal, '/a/1');
    const change = { job: inState(job, stateNamed('canceled')), entries: [] };
    expect(await journal.save([change, change])).toEqual({ saved: false });
    await journal.save([change]);
    await journal.remove([job.id]);
    expect(await journal.save([change])).toEqual({ saved: false });
  });

  it('lets one of two parallel writers win', async () => {
    const journal = await journals.open();
    const job = await add(journal, '/a/1');
    const results = await Promise.all(
      (['paused', 'canceled'] as const).map((name) =>
        journal.save([{ job: inState(job, stateNamed(name)), entries: [] }]),
      ),
    );
    expect(results.map(({ saved }) => saved)).toEqual([true, false]);
    expect(await journal.load([job.id])).toMatchObject([{ state: { name: 'paused' } }]);
  });

  it('gives revisions that only grow, over removals and restarts', async () => {
    const directory = journals.directory();
    const first = await journals.open({ directory });
    const job = await save(first, inState(await add(first, '/a/1'), stateNamed('canceled')));
    await first.remove([job.id]);
    await first.close();
    const second = await journals.open({ directory });
    const next = await add(second, '/a/2');
    expect(next.revision).toBeGreaterThan(job.revision);
    expect(next.id).toBeGreaterThan(job.id);
  });

  it('gives a removal a revision, so that whoever follows those hears of it', async () => {
    const journal = await journals.open();
    const job = await save(journal, inState(await add(journal, '/a/1'), stateNamed('canceled')));
    const before = await journal.changesSince(job.revision, 10);
    await journal.remove([job.id]);
    const after = await journal.changesSince(before.revision, 10);
    expect(after).toMatchObject({ jobs: [], isComplete: true });
    expect(after.revision).toBeGreaterThan(before.revision);
  });

  it('moves a job to another path and version, and finds it there', async () => {
    const journal = await journals.open();
    const job = await add(journal, '/a/old name.jpg');
    const file = { sizeBytes: 5, mtimeNs: '9', inode: '1:2' };
    const moved = await save(journal, { ...job, path: '/b/new.png', name: 'new.png', file, generation: 2 });
    expect(await journal.findByPath('/b/new.png')).toEqual([moved]);
    expect(await journal.findByPath('/a/old name.jpg')).toEqual([]);
    const names = async (search: string) =>
      (
        await journal.page({
          filter: { search },
          sort: 'name',
          direction: 'ascending',
          cursor: null,
          limit: 5,
        })
      ).rows.map(({ name }) => name);
    expect(await names('new.')).toEqual(['new.png']);
    expect(await names('old')).toEqual([]);
    expect((await journal.counts({})).bytesTotal).toBe(5);
  });

  it('takes the next generation where a move would make two jobs the same', async () => {
    const journal = await journals.open();
    await save(journal, inState(await add(journal, '/a/taken'), stateNamed('completed')));
    const job = await add(journal, '/a/other');
    const saved = await save(journal, { ...job, path: '/a/taken', name: 'taken' });
    expect(saved.generation).toBe(2);
    expect(await journal.load([job.id])).toEqual([saved]);
  });
});

describe('secrets', () => {
  it('keeps no word of a reservation in the clear', async () => {
    const directory = journals.directory();
    const journal = await journals.open({ directory });
    await save(journal, inState(await add(journal, '/a/1'), stateNamed('uploading')));
    const { copy } = await journal.maintain({ completedBefore: 0, timelineBefore: 0, copies: 1 });
    await journal.close();
    const { readFileSync } = await import('node:fs');
    for (const file of [`${directory}/hoist.db`, copy ?? '']) {
      const bytes = readFileSync(file);
      expect(bytes.includes('/a/1')).toBe(true);
      expect(bytes.includes('secret-word')).toBe(false);
      expect(bytes.includes('store.example/key')).toBe(false);
    }
  });

  it.each([
    ['queued', { name: 'queued', step: 'reserve', reservation: null }],
    ['paused', { name: 'paused', step: 'reserve', reservation: null }],
    ['uploading', { name: 'reserving', reservation: null }],
    ['completing', { name: 'reserving', reservation: null }],
    ['processing', { name: 'waiting', step: 'reserve', reservation: null, until: 5000, failure: null }],
    ['blocked', { name: 'blocked', step: 'reserve', reservation: null }],
  ] as const)('falls back to reserve from %s where the key is another', async (name, expected) => {
    const directory = journals.directory();
    const first = await journals.open({ directory });
    const job = await save(first, inState(await add(first, '/a/1'), stateNamed(name)));
    await first.close();
    const second = await journals.open({ directory, sealer: testSealer(new Uint8Array(32).fill(8)) });
    const [loaded] = await second.load([job.id]);
    expect(loaded?.state).toMatchObject(expected);
    const third = await save(second, { ...(loaded ?? job), attempts: 9 });
    expect(third.attempts).toBe(9);
  });
});

describe('remove', () => {
  it('removes terminal jobs only, with their timeline, and lets their watch files stay', async () => {
    const journal = await journals.open();
    const jobs = await Promise.all(
      stateNames.map(async (name, index) =>
        save(journal, inState(await add(journal, `/a/${index}`), stateNamed(name))),
      ),
    );
    const done = jobs.find(({ state }) => state.name === 'completed');
    await journal.saveWatchFiles(
      [
        {
          folderId: 'f',
          relativePath: 'x',
          sizeBytes: 1,
          mtimeNs: '1',
          inode: '1:1',
          fileClass: 'job',
          rule: null,
          jobId: done?.id ?? null,
          seenAt: 1,
        },
      ],
      [],
    );
    expect(await journal.remove([...jobs.map(({ id }) => id), 999])).toBe(3);
    const left = await journal.load(jobs.map(({ id }) => id));
    expect(left.map(({ state }) => state.name)).toEqual(
      stateNames.filter((name) => !['completed', 'failed', 'canceled'].includes(name)),
    );
    expect(await journal.timeline(done?.id ?? 0)).toEqual([]);
    expect(await journal.watchFile('f', 'x')).toMatchObject({ fileClass: 'job', jobId: null });
    expect((await journal.counts({})).all).toBe(stateNames.length - 3);
  });
});
