import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobFilter, JobQuery, JobSort } from '#shared/ipc.ts';
import { type StateName, stateNames, tabOfState, tabs } from '#shared/job.ts';
import { jobSorts } from '#shared/job-query.ts';
import type { OpenedJournal } from '#storage';
import { shelfOfState } from '../../electron/storage/shelf.ts';
import { inState, newFile, stateNamed } from './support/jobs.ts';
import { Journals, testClock } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

// The model: the same answers from an array.

const keyOf: Record<JobSort, (job: StoredJob) => string | number> = {
  added: (job) => job.id,
  updated: (job) => job.revision,
  completed: (job) => job.completedAt ?? 0,
  name: (job) => job.name.normalize('NFC').toLowerCase(),
  size: (job) => job.file.sizeBytes,
  state: (job) => shelfOfState[job.state.name],
};

function matches(job: StoredJob, filter: JobFilter): boolean {
  const search = filter.search?.normalize('NFC').toLowerCase() ?? '';
  const { completedAfter, completedBefore } = filter;
  const isRange = completedAfter !== undefined || completedBefore !== undefined;
  return (
    (filter.ids?.includes(job.id) ?? true) &&
    !(filter.exceptIds?.includes(job.id) ?? false) &&
    (filter.unchangedSince === undefined || job.updatedAt <= filter.unchangedSince) &&
    (filter.tab === undefined || tabOfState[job.state.name] === filter.tab) &&
    (filter.states?.includes(job.state.name) ?? true) &&
    (filter.destinationId === undefined || filter.destinationId === job.destinationId) &&
    (filter.watchFolderId === undefined || filter.watchFolderId === job.watchFolderId) &&
    (filter.batchId === undefined || filter.batchId === job.batchId) &&
    keyOf.name(job).toString().includes(search) &&
    (!isRange || job.completedAt !== null) &&
    (completedAfter === undefined || (job.completedAt ?? 0) >= completedAfter) &&
    (completedBefore === undefined || (job.completedAt ?? 0) < completedBefore)
  );
}

function compareKeys(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

function modelPage(jobs: readonly StoredJob[], query: Pick<JobQuery, 'filter' | 'sort' | 'direction'>) {
  const sign = query.direction === 'ascending' ? 1 : -1;
  return jobs
    .filter((job) => matches(job, query.filter))
    .sort((a, b) => sign * (compareKeys(keyOf[query.sort](a), keyOf[query.sort](b)) || a.id - b.id));
}

function modelCounts(jobs: readonly StoredJob[], filter: JobFilter) {
  const found = jobs.filter((job) => matches(job, filter));
  const bytes = (of: readonly StoredJob[]) => of.reduce((sum, job) => sum + job.file.sizeBytes, 0);
  const count = (test: (name: StateName) => boolean) => found.filter(({ state }) => test(state.name)).length;
  return {
    byState: Object.fromEntries(stateNames.map((name) => [name, count((state) => state === name)])),
    byTab: Object.fromEntries(tabs.map((tab) => [tab, count((state) => tabOfState[state] === tab)])),
    all: found.length,
    bytesTotal: bytes(found),
    bytesCompleted: bytes(found.filter(({ state }) => state.name === 'completed')),
    bytesRemaining: bytes(
      found.filter(({ state }) => ['active', 'waiting'].includes(tabOfState[state.name] ?? '')),
    ),
    bytesArrived: bytes(found.filter(({ state }) => ['completing', 'processing'].includes(state.name))),
  };
}

async function walk(journal: OpenedJournal, query: Omit<JobQuery, 'cursor'>): Promise<readonly StoredJob[]> {
  const rows: StoredJob[] = [];
  let cursor: string | null = null;
  do {
    if (rows.length > 1000) throw new Error('The pages do not end.');
    const page: Awaited<ReturnType<OpenedJournal['page']>> = await journal.page({ ...query, cursor });
    expect(page.rows.length).toBeLessThanOrEqual(query.limit);
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

// What happens to a queue.

const names = [
  'a.jpg',
  'B.jpg',
  'b.JPG',
  'Ångström.png',
  'A\u030angstro\u0308m.png',
  '😀 grin.gif',
  '\uffee.txt',
  'x"y.txt',
  '%_.txt',
];
const stepOf = fc.oneof(
  fc.record({
    kind: fc.constant('enqueue' as const),
    files: fc.array(
      fc.record({
        name: fc.constantFrom(...names),
        folder: fc.constantFrom('p', 'q'),
        sizeBytes: fc.integer({ min: 0, max: 5 }),
        destinationId: fc.constantFrom('d1', 'd2'),
        watchFolderId: fc.constantFrom(null, 'f1', 'f2'),
        batchId: fc.constantFrom(null, 'b1', 'b2'),
        isForced: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
  fc.record({
    kind: fc.constant('save' as const),
    picks: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...stateNames), fc.boolean()), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc.record({ kind: fc.constant('remove' as const), picks: fc.array(fc.nat(), { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('rename' as const),
    pick: fc.nat(),
    name: fc.constantFrom(...names),
    sizeBytes: fc.integer({ min: 6, max: 9 }),
  }),
);
type QueueStep = typeof stepOf extends fc.Arbitrary<infer Value> ? Value : never;
/** What `inState` gives a job that is completed at once: the edge of a range. */
const firstCompletedAt = testClock().time + 1;

/** Mostly absent, so that most filters let something through. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const one = <Value>(values: readonly Value[]) => seldom(fc.constantFrom(...values));
const filterOf: fc.Arbitrary<JobFilter> = fc.record({
  ids: seldom(fc.array(fc.nat(), { minLength: 4, maxLength: 12 })),
  exceptIds: seldom(fc.array(fc.nat({ max: 30 }), { maxLength: 12 })),
  unchangedSince: seldom(fc.constantFrom(3, firstCompletedAt - 1, firstCompletedAt + 4)),
  tab: one(tabs),
  states: seldom(fc.subarray([...stateNames], { minLength: 6 })),
  destinationId: one(['d1', 'd2', 'd1', 'd2', 'unknown']),
  watchFolderId: one(['f1', 'f2']),
  batchId: one(['b1', 'b2']),
  search: one(['', 'b', 'JPG', 'angstr', 'ÅNG', '😀', '😀 g', '"y.', '%_', 'zzz', 'a.jpg', '.pn']),
  completedAfter: seldom(fc.constantFrom(3, firstCompletedAt, firstCompletedAt + 1)),
  completedBefore: seldom(fc.constantFrom(3, firstCompletedAt, firstCompletedAt + 1, 1_900_000_000_000)),
});

async function play(journal: OpenedJournal, jobs: Map<number, StoredJob>, step: QueueStep): Promise<void> {
  const list = [...jobs.values()];
  const pick = (index: number) => list[index % list.length];
  switch (step.kind) {
    case 'enqueue': {
      const results = await journal.enqueue(
        step.files.map(({ name, folder, sizeBytes, isForced, ...order }) =>
          newFile(
            `/${folder}/${name}`,
            { ...order, file: { sizeBytes, mtimeNs: '1', inode: '1:1' } },
            { isForced },
          ),
        ),
      );
      for (const { outcome, job } of results) {
        if (outcome === 'added') jobs.set(job.id, job);
        else expect(job).toEqual(jobs.get(job.id));
      }
      return;
    }
    case 'save': {
      if (list.length === 0) return;
      const picked = new Map(step.picks.map(([index, ...rest]) => [pick(index), rest] as const));
      const changes = [...picked].flatMap(([job, [name, isStale]]) =>
        job === undefined
          ? []
          : [
              {
                job: inState(job, stateNamed(name), isStale ? { revision: job.revision - 1 } : {}),
                entries: [],
              },
            ],
      );
      const result = await journal.save(changes);
      expect(result.saved).toBe(![...picked.values()].some(([, isStale]) => isStale));
      if (result.saved) for (const job of result.jobs) jobs.set(job.id, job);
      return;
    }
    case 'remove': {
      if (list.length === 0) return;
      const ids = [...new Set(step.picks.map((index) => pick(index)?.id ?? 0))];
      const terminal = ids.filter((id) =>
        ['completed', 'failed', 'canceled'].includes(jobs.get(id)?.state.name ?? ''),
      );
      expect(await journal.remove(ids)).toBe(terminal.length);
      for (const id of terminal) jobs.delete(id);
      return;
    }
    case 'rename': {
      const job = pick(step.pick);
      if (job === undefined) return;
      const { name, sizeBytes } = step;
      const changed = { ...job, name, path: `/r/${name}`, file: { ...job.file, sizeBytes }, updatedAt: 7 };
      const result = await journal.save([{ job: changed, entries: [] }]);
      if (result.saved) for (const saved of result.jobs) jobs.set(saved.id, saved);
      return;
    }
  }
}

describe('against a model', () => {
  let rowsSeen = 0;
  it('pages, counts, matching ids and changes are what a plain list would give', async () => {
    const journal = await journals.open();
    await fc.assert(
      fc.asyncProperty(
        fc.array(stepOf, { minLength: 10, maxLength: 40 }),
        fc.array(
          fc.record({
            filter: filterOf,
            sort: fc.constantFrom(...jobSorts),
            direction: fc.constantFrom('ascending' as const, 'descending' as const),
            limit: fc.integer({ min: 1, max: 7 }),
          }),
          { minLength: 4, maxLength: 8 },
        ),
        async (steps, queries) => {
          const jobs = new Map<number, StoredJob>();
          const begun = (await journal.changesSince(0, 10_000)).revision;
          for (const step of steps) await play(journal, jobs, step);
          const list = [...jobs.values()];
          for (const { filter: given, ...query } of queries) {
            const filter = {
              ...given,
              ...(given.ids === undefined
                ? {}
                : { ids: list.map(({ id }) => id).slice(0, given.ids.length) }),
            };
            expect(await walk(journal, { ...query, filter })).toEqual(modelPage(list, { ...query, filter }));
            expect(await journal.counts(filter)).toEqual(modelCounts(list, filter));
            rowsSeen += modelCounts(list, filter).all;
            for (const offset of [1, query.limit, list.length - 1, list.length + 1].filter((at) => at >= 0)) {
              const jumped = await journal.page({ ...query, filter, cursor: null, offset });
              const model = modelPage(list, { ...query, filter }).slice(offset);
              expect(jumped.rows).toEqual(model.slice(0, query.limit));
              expect(jumped.nextCursor !== null).toBe(model.length > query.limit);
              if (jumped.nextCursor === null) continue;
              const next = await journal.page({ ...query, filter, cursor: jumped.nextCursor });
              expect(next.rows).toEqual(model.slice(query.limit, 2 * query.limit));
            }
            const ids = modelPage(list, { filter, sort: 'added', direction: 'ascending' }).map(
              ({ id }) => id,
            );
            expect(await journal.matching(filter, 0, 1000)).toEqual(ids);
            expect(await journal.matching(filter, ids[0] ?? 0, 2)).toEqual(ids.slice(1, 3));
          }
          const changes = await journal.changesSince(begun, 10_000);
          expect(changes).toMatchObject({ isComplete: true });
          expect(changes.jobs).toEqual(
            modelPage(list, { filter: {}, sort: 'updated', direction: 'ascending' }),
          );
          await empty(journal, list);
        },
      ),
      { numRuns: 60 },
    );
    // A test of filters that let nothing through would prove nothing.
    expect(rowsSeen).toBeGreaterThan(1000);
  });
});

async function empty(journal: OpenedJournal, jobs: readonly StoredJob[]): Promise<void> {
  await journal.save(jobs.map((job) => ({ job: inState(job, stateNamed('canceled')), entries: [] })));
  await journal.remove(jobs.map(({ id }) => id));
  expect((await journal.counts({})).all).toBe(0);
}

describe('pages', () => {
  const query: JobQuery = { filter: {}, sort: 'name', direction: 'ascending', cursor: null, limit: 2 };

  it('refuses a cursor that is junk or of another order', async () => {
    const journal = await journals.open();
    await journal.enqueue(['c', 'a', 'b'].map((name) => newFile(`/${name}`)));
    const { nextCursor } = await journal.page(query);
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of [
      '',
      'junk',
      '%%%',
      forged(null),
      forged(['name', 'ascending', 'a']),
      forged(['name', 'ascending', 7, 1]),
      forged(['name', 'ascending', 'a', -1]),
      forged(['name', 'ascending', 'a', '1 OR 1=1']),
    ]) {
      await expect(journal.page({ ...query, cursor })).rejects.toMatchObject({
        failure: { code: 'invalid' },
      });
    }
    const other = { ...query, cursor: nextCursor, direction: 'descending' } as const;
    await expect(journal.page(other)).rejects.toMatchObject({ failure: { code: 'invalid' } });
    expect((await journal.page({ ...query, cursor: nextCursor })).rows.map(({ name }) => name)).toEqual([
      'c',
    ]);
  });

  it('refuses an offset with a cursor, and one that is no number of rows', async () => {
    const journal = await journals.open();
    await journal.enqueue(['c', 'a', 'b'].map((name) => newFile(`/${name}`)));
    const { nextCursor } = await journal.page(query);
    for (const asked of [{ cursor: nextCursor, offset: 1 }, { offset: -1 }, { offset: 0.5 }]) {
      await expect(journal.page({ ...query, ...asked })).rejects.toMatchObject({
        failure: { code: 'invalid' },
      });
    }
  });

  it('neither repeats nor skips what stays where rows come and go between pages', async () => {
    const journal = await journals.open();
    const added = await journal.enqueue([...'abcdef'].map((name) => newFile(`/${name}`)));
    const first = await journal.page(query);
    const gone = added[1]?.job;
    if (gone === undefined) throw new Error('Six were added');
    await journal.save([{ job: inState(gone, stateNamed('canceled')), entries: [] }]);
    await journal.remove([gone.id]);
    await journal.enqueue([newFile('/aa'), newFile('/cc')]);
    const second = await journal.page({ ...query, limit: 10, cursor: first.nextCursor });
    expect(second.rows.map(({ name }) => name)).toEqual(['c', 'cc', 'd', 'e', 'f']);
  });

  it('tells that there is more of the changes, and where to go on', async () => {
    const journal = await journals.open();
    await journal.enqueue([...'abc'].map((name) => newFile(`/${name}`)));
    const first = await journal.changesSince(0, 2);
    expect(first.jobs.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(first.isComplete).toBe(false);
    const second = await journal.changesSince(first.revision, 2);
    expect(second.jobs.map(({ name }) => name)).toEqual(['c']);
    expect(await journal.changesSince(second.revision, 2)).toEqual({ ...second, jobs: [], isComplete: true });
  });
});
