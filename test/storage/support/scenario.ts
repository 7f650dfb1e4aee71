/** A short history of a queue that touches every kind of write, step by step. */
import type { OpenedJournal } from '#storage';
import { inState, newFile, stateNamed, watchFile } from './jobs.ts';

export type Step = (journal: OpenedJournal) => Promise<unknown>;

/** Each step may be done again after it failed, and is then done once. */
export const scenario: readonly Step[] = [
  (journal) => journal.enqueue([newFile('/a/1', { batchId: 'b1' }), newFile('/a/2'), newFile('/a/3')]),
  (journal) =>
    journal.enqueueWatched([{ job: newFile('/w/1', { watchFolderId: 'f1' }), file: watchFile('1') }]),
  (journal) =>
    journal.saveWatchFiles(
      [watchFile('2', { fileClass: 'baseline' })],
      [{ folderId: 'f1', relativePath: 'none' }],
    ),
  (journal) => saveAll(journal, [1, 2], 'uploading'),
  (journal) => saveAll(journal, [1, 2, 3], 'completed'),
  (journal) => journal.setSha256(1, 'ff'),
  (journal) => journal.setHold('d1', { destinationId: 'd1', kind: 'blocked', until: null, failure: '{}' }),
  (journal) => journal.setFacts({ destinationId: 'd1', facts: '{"a":1}' }),
  (journal) => journal.remove([3]),
  (journal) => rename(journal, 4, '/w/renamed'),
];

async function saveAll(journal: OpenedJournal, ids: readonly number[], name: 'uploading' | 'completed') {
  const jobs = await journal.load(ids);
  const left = jobs.filter(({ state }) => state.name !== name);
  const entries = [{ at: 5, kind: 'sent', attempt: 1 }] as const;
  return journal.save(left.map((job) => ({ job: inState(job, stateNamed(name)), entries })));
}

async function rename(journal: OpenedJournal, id: number, path: string) {
  const [job] = await journal.load([id]);
  if (job === undefined || job.path === path) return;
  return journal.save([{ job: { ...job, path, name: 'renamed' }, entries: [] }]);
}

/** All there is to see, but for the numbers that a step which failed may have used up. */
export async function lookAt(journal: OpenedJournal): Promise<unknown> {
  const { rows } = await journal.page({
    filter: {},
    sort: 'name',
    direction: 'ascending',
    cursor: null,
    limit: 100,
  });
  const search = await journal.matching({ search: 'renamed' }, 0, 10);
  return {
    jobs: rows.map(({ revision, ...job }) => job),
    search,
    timelines: await Promise.all(rows.map(({ id }) => journal.timeline(id))),
    counts: await journal.counts({}),
    batch: await journal.counts({ batchId: 'b1' }),
    files: await journal.watchFiles('f1', '', 10),
    fileCounts: await journal.watchFileCounts('f1'),
    holds: await journal.holds(),
    facts: await journal.facts(),
  };
}
