/** The writing half of the journal, as the queue calls it. */
import type { Clock } from '#ports/clock.ts';
import type { Enqueued, Journal, NewJob, WatchFile } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import { encodeEntry, type JobRows, newJob } from './job-row.ts';
import { encodeWatched } from './watched-wire.ts';
import type { WireEnqueued, WireNewJob, WireWatchFile, WriteCalls } from './wire.ts';
import type { Callable } from './worker-link.ts';

type Writes = Pick<
  Journal,
  'enqueue' | 'save' | 'remove' | 'setSha256' | 'setHold' | 'setFacts' | 'saveWatchFiles' | 'enqueueWatched'
>;

export function createWrites(parts: {
  readonly writer: Callable<WriteCalls>;
  readonly rows: JobRows;
  readonly clock: Clock;
}): Writes {
  const { writer, rows, clock } = parts;

  const encodeNew = (file: NewJob): WireNewJob => [
    rows.encodeNew(file),
    file.isForced,
    file.entries.map(encodeEntry),
  ];

  function decodeEnqueued(files: readonly NewJob[], results: readonly WireEnqueued[], now: number) {
    return results.map((result, index): Enqueued => {
      if (result[0] !== 'added') return { outcome: result[0], job: rows.decode(result[1]) };
      const [outcome, id, revision, generation] = result;
      const file = files[index];
      if (file === undefined) throw new UploadError('internal', 'More answers than files.');
      return { outcome, job: newJob(file, { id, revision, generation, now }) };
    });
  }

  return {
    async enqueue(files) {
      const now = clock.now();
      const results = await writer.call('enqueue', now, files.map(encodeNew));
      return decodeEnqueued(files, results, now);
    },
    async enqueueWatched(pairs) {
      const now = clock.now();
      const results = await writer.call('enqueueWatched', now, encodeWatched(pairs));
      return decodeEnqueued(
        pairs.map(({ job }) => job),
        results,
        now,
      );
    },
    async save(changes) {
      const encoded = changes.map(
        ({ job, entries }) => [rows.encode(job), entries.map(encodeEntry)] as const,
      );
      const saved = await writer.call('save', encoded);
      if (saved === null) return { saved: false };
      const jobs = changes.map(({ job }, index) => {
        const [revision, generation] = saved[index] ?? [job.revision, job.generation];
        return { ...job, revision, generation };
      });
      return { saved: true, jobs };
    },
    remove: (ids) => writer.call('remove', ids),
    setSha256: (id, sha256) => writer.call('setSha256', id, sha256),
    setHold: (destinationId, hold) => writer.call('setHold', destinationId, hold),
    setFacts: (facts) => writer.call('setFacts', facts),
    saveWatchFiles: (put, remove) => writer.call('saveWatchFiles', put.map(encodeWatchFile), remove),
  };
}

const encodeWatchFile = (file: WatchFile): WireWatchFile => [
  file.folderId,
  file.relativePath,
  file.sizeBytes,
  file.mtimeNs,
  file.inode,
  file.fileClass,
  file.rule,
  file.jobId,
  file.seenAt,
];
