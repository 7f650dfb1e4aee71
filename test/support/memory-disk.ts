/** What a memory journal has "on disk", and the pure rules of the port over it. */
import type { Enqueued, NewJob, StoredFacts, StoredHold, WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobFilter } from '#shared/ipc.ts';
import { type JobId, type TimelineEntry, tabOfState } from '#shared/job.ts';
import { type Decision, decide, decideGroup, type KnownJob } from '../../electron/storage/enqueuing.ts';

export interface MemoryDisk {
  readonly jobs: Map<JobId, StoredJob>;
  readonly timelines: Map<JobId, readonly TimelineEntry[]>;
  readonly holds: Map<string, StoredHold>;
  readonly facts: Map<string, StoredFacts>;
  /** By folder id, then relative path. */
  readonly watchFiles: Map<string, Map<string, WatchFile>>;
  lastId: number;
  lastRevision: number;
}

export const emptyDisk = (): MemoryDisk => ({
  jobs: new Map(),
  timelines: new Map(),
  holds: new Map(),
  facts: new Map(),
  watchFiles: new Map(),
  lastId: 0,
  lastRevision: 0,
});

/** The disk as it is in this instant. Rows are never changed in place, so the maps are all there is to copy. */
export const copyDisk = (disk: MemoryDisk): MemoryDisk => ({
  jobs: new Map(disk.jobs),
  timelines: new Map(disk.timelines),
  holds: new Map(disk.holds),
  facts: new Map(disk.facts),
  watchFiles: new Map([...disk.watchFiles].map(([id, files]) => [id, new Map(files)])),
  lastId: disk.lastId,
  lastRevision: disk.lastRevision,
});

export function nextRevision(disk: MemoryDisk): number {
  disk.lastRevision += 1;
  return disk.lastRevision;
}

export function addEntries(disk: MemoryDisk, id: JobId, entries: readonly TimelineEntry[]): void {
  disk.timelines.set(id, [...(disk.timelines.get(id) ?? []), ...entries]);
}

export const byOrder = (a: StoredJob, b: StoredJob) => a.rank - b.rank || a.id - b.id;

export function dueAt(job: StoredJob): number | null {
  if (job.state.name === 'waiting') return job.state.until;
  return job.state.name === 'processing' ? job.state.pollAt : null;
}

export function matches(job: StoredJob, filter: JobFilter): boolean {
  const { completedAt } = job;
  return (
    (filter.ids === undefined || filter.ids.includes(job.id)) &&
    (filter.exceptIds === undefined || !filter.exceptIds.includes(job.id)) &&
    (filter.unchangedSince === undefined || job.updatedAt <= filter.unchangedSince) &&
    (filter.tab === undefined || tabOfState[job.state.name] === filter.tab) &&
    (filter.states === undefined || filter.states.includes(job.state.name)) &&
    (filter.destinationId === undefined || job.destinationId === filter.destinationId) &&
    (filter.watchFolderId === undefined || job.watchFolderId === filter.watchFolderId) &&
    (filter.batchId === undefined || job.batchId === filter.batchId) &&
    (filter.search === undefined || job.name.toLowerCase().includes(filter.search.toLowerCase())) &&
    (filter.completedAfter === undefined || (completedAt !== null && completedAt >= filter.completedAfter)) &&
    (filter.completedBefore === undefined || (completedAt !== null && completedAt < filter.completedBefore))
  );
}

/** Adds files, or finds the jobs that stand for them (see `Enqueued`). */
export function enqueueInto(disk: MemoryDisk, files: readonly NewJob[], now: number): readonly Enqueued[] {
  const groups = Map.groupBy(
    files.filter(({ order, isForced }) => order.groupId !== null && !isForced),
    ({ order }) => order.groupId,
  );
  const sizeOf = (groupId: string) => [...disk.jobs.values()].filter((job) => job.groupId === groupId).length;
  const decided = new Map(
    [...groups.values()].flatMap((group) => {
      const decisions = decideGroup(
        group.map((file) => knownOf(disk, file)),
        sizeOf,
        now,
      );
      return group.map((file, index) => [file, decisions[index]] as const);
    }),
  );
  return files.map((file) => enqueueOne(disk, file, now, decided.get(file)));
}

function enqueueOne(disk: MemoryDisk, file: NewJob, now: number, ofGroup: Decision | undefined): Enqueued {
  const known = knownOf(disk, file);
  const decision = ofGroup ?? decide(known, file.isForced, now);
  if (decision.outcome !== 'added') {
    const job = disk.jobs.get(decision.id);
    if (job === undefined) throw new Error('The job was just there.');
    return { outcome: decision.outcome, job };
  }
  disk.lastId += 1;
  const job: StoredJob = {
    ...file.order,
    id: disk.lastId,
    revision: nextRevision(disk),
    generation: 1 + Math.max(0, ...known.map(({ generation }) => generation)),
    rank: file.rank,
    attempts: 0,
    renewals: 0,
    renewalsInRow: 0,
    wasSignatureRefused: false,
    wasDoubted: false,
    wasCompleteTried: false,
    reserveKey: null,
    state: { name: 'queued', step: 'reserve', reservation: null },
    sha256: null,
    addedAt: now,
    updatedAt: now,
    completedAt: null,
  };
  disk.jobs.set(job.id, job);
  addEntries(disk, job.id, file.entries);
  return { outcome: 'added', job };
}

const knownOf = (disk: MemoryDisk, file: NewJob): readonly KnownJob[] =>
  [...disk.jobs.values()]
    .filter(
      ({ path, destinationId, edge }) =>
        path === file.order.path && destinationId === file.order.destinationId && edge === file.order.edge,
    )
    .sort((a, b) => b.id - a.id)
    .map((job) => ({
      id: job.id,
      state: job.state.name,
      isSameVersion: isSameVersion(job, file),
      generation: job.generation,
      groupId: job.groupId,
      linkExpiresAt: job.state.name === 'completed' ? job.state.asset.linkExpiresAt : null,
    }));

function isSameVersion(job: StoredJob, { order }: NewJob): boolean {
  const { file } = order;
  return (
    job.file.sizeBytes === file.sizeBytes &&
    job.file.mtimeNs === file.mtimeNs &&
    job.file.inode === file.inode
  );
}
