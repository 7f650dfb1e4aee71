import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { StoredJob } from '#ports/stored-job.ts';
import { steps } from '#shared/job.ts';
import type { OpenedJournal } from '#storage';
import { asset, inState, newFile, stateNamed } from './support/jobs.ts';
import { Journals } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

async function addAll(journal: OpenedJournal, files: readonly ReturnType<typeof newFile>[]) {
  return (await journal.enqueue(files)).map(({ job }) => job);
}

async function saveAll(journal: OpenedJournal, jobs: readonly StoredJob[]): Promise<readonly StoredJob[]> {
  const result = await journal.save(jobs.map((job) => ({ job, entries: [] })));
  if (!result.saved) throw new Error('Expected the jobs to be saved');
  return result.jobs;
}

const sized = (path: string, sizeBytes: number) =>
  newFile(path, { file: { sizeBytes, mtimeNs: '1', inode: '1:1' } });
const idsOf = (jobs: readonly StoredJob[]) => jobs.map(({ id }) => id);

describe('candidates', () => {
  it('are what a plain list would give: steps, sizes, exceptions, rank, then age', async () => {
    const journal = await journals.open();
    const rowOf = fc.record({
      rank: fc.constantFrom(-2, -1, 0, 1, 0.5),
      step: fc.constantFrom(...steps),
      state: fc.constantFrom('queued' as const, 'queued' as const, 'paused' as const),
      sizeBytes: fc.constantFrom(0, 10, 1_048_575, 1_048_576, 5_000_000),
      destinationId: fc.constantFrom('d1', 'd2'),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowOf, { minLength: 1, maxLength: 20 }),
        fc.subarray([...steps], { minLength: 1 }),
        fc.constantFrom(undefined, 10, 11, 1_048_576, 2_000_000),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(4),
        async (given, wanted, maxBytes, limit, exceptions) => {
          run += 1;
          const destination = (name: string) => `${name}-${run}`;
          const added = await addAll(
            journal,
            given.map(({ sizeBytes, destinationId }, index) => {
              const file = sized(`/${run}/${index}`, sizeBytes);
              return { ...file, order: { ...file.order, destinationId: destination(destinationId) } };
            }),
          );
          const jobs = await saveAll(
            journal,
            added.map((job, index) => {
              const { rank = 0, step = 'reserve', state = 'queued' } = given[index] ?? {};
              return { ...job, rank, state: { name: state, step, reservation: null } };
            }),
          );
          const except = idsOf(jobs).slice(0, exceptions);
          const expected = jobs
            .filter(({ state }) => state.name === 'queued' && wanted.includes(state.step))
            .filter(({ destinationId }) => destinationId === destination('d1'))
            .filter(({ file }) => maxBytes === undefined || file.sizeBytes < maxBytes)
            .filter(({ id }) => !except.includes(id))
            .sort((a, b) => a.rank - b.rank || a.id - b.id)
            .slice(0, limit);
          const query = { destinationId: destination('d1'), steps: wanted, except, limit };
          expect(await journal.candidates(maxBytes === undefined ? query : { ...query, maxBytes })).toEqual(
            expected,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are none of a destination that no job knows', async () => {
    const journal = await journals.open();
    expect(
      await journal.candidates({ destinationId: 'x', steps: ['reserve'], except: [], limit: 5 }),
    ).toEqual([]);
  });
});

describe('what is due', () => {
  it('comes earliest first, from waiting and processing only', async () => {
    const journal = await journals.open();
    expect(await journal.nextDueAt([])).toBeNull();
    const jobs = await addAll(
      journal,
      [1, 2, 3, 4, 5].map((n) => newFile(`/${n}`)),
    );
    const times = [300.5, 100, 200, 400, 50];
    const saved = await saveAll(
      journal,
      jobs.map((job, index) =>
        inState(
          job,
          stateNamed(index === 4 ? 'queued' : index % 2 === 0 ? 'waiting' : 'processing', times[index]),
        ),
      ),
    );
    expect(await journal.nextDueAt([])).toBe(100);
    expect(idsOf(await journal.due(300.5, [], 10))).toEqual([2, 3, 1]);
    expect(idsOf(await journal.due(300.5, [2], 1))).toEqual([3]);
    expect(await journal.due(99, [], 10)).toEqual([]);
    const [first] = saved;
    if (first === undefined) throw new Error('Five were saved');
    await saveAll(journal, [inState(first, stateNamed('queued'))]);
    expect(idsOf(await journal.due(1000, [], 10))).toEqual([2, 3, 4]);
  });
});

describe('other questions', () => {
  it('finds the runs that a dead process left', async () => {
    const journal = await journals.open();
    const names = [
      'reserving',
      'queued',
      'inspecting',
      'uploading',
      'processing',
      'completing',
      'completed',
    ] as const;
    const jobs = await addAll(
      journal,
      names.map((name) => newFile(`/${name}`)),
    );
    await saveAll(
      journal,
      jobs.map((job, index) => inState(job, stateNamed(names[index] ?? 'queued'))),
    );
    expect((await journal.unfinishedRuns(10)).map(({ name }) => name)).toEqual([
      'reserving',
      'inspecting',
      'uploading',
      'completing',
    ]);
    expect(await journal.unfinishedRuns(2)).toHaveLength(2);
  });

  it('finds the jobs of a group, of a path and of a size', async () => {
    const journal = await journals.open();
    const jobs = await addAll(journal, [
      newFile('/x', { groupId: 'g1', edge: 'image' }),
      newFile('/y', { groupId: 'g1', edge: 'mask' }),
      newFile('/z', { groupId: 'g2', edge: 'image' }),
      newFile('/x', { destinationId: 'd2' }),
    ]);
    expect(await journal.loadGroup('g1')).toEqual(jobs.slice(0, 2));
    expect(await journal.loadGroup('none')).toEqual([]);
    expect(idsOf(await journal.findByPath('/x'))).toEqual([4, 1]);
    expect(await journal.findCompletedWithSize('d1', 'image', 1000)).toEqual([]);
    await saveAll(
      journal,
      jobs.map((job) => inState(job, stateNamed('completed'))),
    );
    expect(idsOf(await journal.findCompletedWithSize('d1', 'image', 1000))).toEqual([3, 1]);
    expect(idsOf(await journal.findCompletedWithSize('d2', null, 1000))).toEqual([4]);
    expect(await journal.findCompletedWithSize('d1', 'image', 999)).toEqual([]);
  });

  it('knows the completed jobs that were never hashed, oldest first, and takes their hash', async () => {
    const journal = await journals.open();
    const jobs = await addAll(
      journal,
      ['a', 'b', 'c'].map((name) => newFile(`/${name}`)),
    );
    const saved = await saveAll(
      journal,
      jobs.map((job, index) =>
        inState(
          job,
          { name: 'completed', asset: asset() },
          { completedAt: 90 - index, sha256: index === 1 ? 'aa' : null },
        ),
      ),
    );
    expect(idsOf(await journal.unhashed(10))).toEqual([3, 1]);
    await journal.setSha256(3, 'cc');
    expect(idsOf(await journal.unhashed(10))).toEqual([1]);
    const [hashed] = await journal.load([3]);
    expect(hashed?.sha256).toBe('cc');
    expect(hashed?.revision).toBeGreaterThan(saved[2]?.revision ?? 0);
  });

  it('answers the jobs that are there, in the order asked', async () => {
    const journal = await journals.open();
    await addAll(
      journal,
      ['a', 'b', 'c'].map((name) => newFile(`/${name}`)),
    );
    expect(idsOf(await journal.load([3, 99, 1, 3]))).toEqual([3, 1, 3]);
  });

  it('gives a rank above all', async () => {
    const journal = await journals.open();
    expect(await journal.nextTopRank()).toBe(-1);
    const [job] = await addAll(journal, [newFile('/a', {}, { rank: 1 })]);
    expect(await journal.nextTopRank()).toBe(-1);
    if (job === undefined) throw new Error('One was added');
    await saveAll(journal, [{ ...job, rank: -3 }]);
    expect(await journal.nextTopRank()).toBe(-4);
  });

  it('keeps holds and facts', async () => {
    const directory = journals.directory();
    const first = await journals.open({ directory });
    const hold = {
      destinationId: 'd1',
      kind: 'rate-limited',
      until: 12.5,
      failure: '{"code":"rate-limited"}',
    } as const;
    await first.setHold('d1', { ...hold, until: null });
    await first.setHold('d1', hold);
    await first.setHold('d2', { ...hold, destinationId: 'd2' });
    await first.setHold('d2', null);
    await first.setFacts({ destinationId: 'd1', facts: '1' });
    await first.setFacts({ destinationId: 'd1', facts: '{"checksAt":"end"}' });
    await first.close();
    const second = await journals.open({ directory });
    expect(await second.holds()).toEqual([hold]);
    expect(await second.facts()).toEqual([{ destinationId: 'd1', facts: '{"checksAt":"end"}' }]);
  });
});
