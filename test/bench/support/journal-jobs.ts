/** The jobs that a journal is measured with: their files, their lives, and a queue as it is after a year. */
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import type { TimelineEntry } from '#shared/job.ts';
import { createJobRows, encodeEntry, newJob } from '../../../electron/storage/job-row.ts';
import { asset, inState, newFile, reservation } from '../../storage/support/jobs.ts';
import { testSealer } from '../../storage/support/journals.ts';
import type { OwnWriter } from '../../storage/support/own-writer.ts';

/** Jobs that are enqueued with one call. */
export const callSize = 1000;
export const sealer = testSealer();
export const rows = createJobRows(sealer);

export interface SeedOptions {
  /** Of all jobs; else they are spread over three. */
  readonly destinationId?: string;
  /** Nothing waits or runs: an engine that starts on it finds nothing due. */
  readonly isAtRest?: boolean;
}

export const fileNumbered = (index: number, options: SeedOptions = {}) =>
  newFile(
    `/home/someone/Pictures/2026/trip-${index % 50}/IMG_${String((index * 7919) % 1_000_003).padStart(7, '0')}-${index}.jpg`,
    {
      file: {
        sizeBytes: 1000 + ((index * 31) % 5_000_000),
        mtimeNs: `17000000${String(index).padStart(11, '0')}`,
        inode: `2049:${index}`,
      },
      destinationId: options.destinationId ?? `destination-${index % 3}`,
      watchFolderId: index % 2 === 0 ? 'folder-1' : null,
      batchId: index % 2 === 0 ? null : `batch-${Math.floor(index / 5000)}`,
    },
  );

/** The life of a job, as the states that follow on queued(reserve). */
export function statesOfLife(index: number): readonly StoredState[] {
  const own = { ...reservation, remoteId: `asset-${index}` };
  return [
    { name: 'reserving', reservation: null },
    { name: 'uploading', reservation: own },
    { name: 'completing', reservation: own },
    { name: 'completed', asset: asset({ id: `asset-${index}` }) },
  ];
}

export const entryOfStep: TimelineEntry = {
  at: 1,
  kind: 'reserved',
  attempt: 1,
  durationMs: 80,
  status: 200,
  host: 'api.example',
};

/** What `enqueueOwn` made of file `index`: ids and revisions run side by side in a new queue. */
export const seededJob = (index: number, options: SeedOptions = {}): StoredJob => ({
  ...newJob(fileNumbered(index, options), { id: index + 1, revision: index + 1, generation: 1, now: 0 }),
  rank: 0,
});

const encodeFile = (index: number, options: SeedOptions) => {
  const file = fileNumbered(index, options);
  return [rows.encodeNew(file), false, file.entries.map(encodeEntry)] as const;
};

const batchFrom = (from: number, until: number, options: SeedOptions) =>
  Array.from({ length: Math.min(callSize, until - from) }, (_, index) => encodeFile(from + index, options));

/** So many new jobs, written in this very thread. */
export function enqueueOwn(writer: OwnWriter, count: number, options: SeedOptions = {}): void {
  for (let from = 0; from < count; from += callSize) {
    const files = batchFrom(from, count, options);
    writer.transact(() => writer.calls.enqueue(from, files));
  }
}

/** A queue after a long time: most are completed, some failed, some wait, few run. */
export function seedLong(writer: OwnWriter, count: number, options: SeedOptions = {}): void {
  for (let from = 0; from < count; from += callSize) {
    const files = batchFrom(from, count, options);
    writer.transact(() => {
      const results = writer.calls.enqueue(from, files);
      results.forEach((result, offset) => {
        const state = stateAfterLong(from + offset, options.isAtRest === true);
        if (state === null || result[0] !== 'added') return;
        const own = { ...seededJob(from + offset, options), id: result[1], revision: result[2] };
        const job = inState(own, state);
        const completedAt = job.completedAt === null ? null : from + offset + 1;
        writer.calls.save([[rows.encode({ ...job, completedAt }), []]]);
      });
    });
  }
}

function stateAfterLong(index: number, isAtRest: boolean): StoredState | null {
  if (index % 10 < 8) return { name: 'completed', asset: asset() };
  if (isAtRest) return null;
  if (index % 1000 === 9) {
    const failure = { code: 'timeout', message: '', facts: {} } as const;
    return { name: 'failed', step: 'upload', reservation: null, failure };
  }
  if (index % 100_000 === 18) return { name: 'uploading', reservation };
  if (index % 10 !== 8) return null;
  return { name: 'waiting', step: 'upload', reservation: null, until: 1_000_000 + index, failure: null };
}
