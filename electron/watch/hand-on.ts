import type { WatchFile } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { WatchSink } from '#ports/watcher.ts';
import { explainFailure } from '#shared/failure.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { isSameVersion, readingOfRow } from './known-file.ts';
import type { SettlingFile } from './settling.ts';

export interface HandedOn {
  readonly jobs: readonly { readonly relativePath: string; readonly jobId: number | null }[];
  /** Still settling, and why. */
  readonly held: readonly {
    readonly relativePath: string;
    readonly reason: string;
    readonly error: unknown;
  }[];
}

type Ready = Pick<SettlingFile, 'file' | 'before'>;

/**
 * Gives written files to the sink: new ones all together, newer content of jobs one by one. What the sink does not take
 * stays settling: no row says that it was a job, so nothing is lost.
 */
export async function handOn(
  ready: readonly Ready[],
  folder: WatchFolder,
  sink: WatchSink,
): Promise<HandedOn> {
  const jobs: { relativePath: string; jobId: number | null }[] = [];
  const held: { relativePath: string; reason: string; error: unknown }[] = [];
  const fresh = ready.filter(({ before }) => before === null).map(({ file }) => asJob(file, null));
  if (fresh.length > 0) {
    try {
      const ids = await sink.settled(folder, fresh);
      fresh.forEach((file, index) => {
        jobs.push({ relativePath: file.relativePath, jobId: ids[index] ?? null });
      });
    } catch (error) {
      const reason = reasonOf(error);
      held.push(...fresh.map(({ relativePath }) => ({ relativePath, reason, error })));
    }
  }
  for (const { file, before } of ready) {
    if (before === null) continue;
    try {
      jobs.push({ relativePath: file.relativePath, jobId: await handOnChange(file, before, folder, sink) });
    } catch (error) {
      held.push({ relativePath: file.relativePath, reason: reasonOf(error), error });
    }
  }
  return { jobs, held };
}

async function handOnChange(
  file: WatchFile,
  before: WatchFile,
  folder: WatchFolder,
  sink: WatchSink,
): Promise<number | null> {
  // Changed and changed back while it settled.
  if (isSameVersion(readingOfRow(file), readingOfRow(before), true)) return before.jobId;
  const jobId = await sink.changed(folder, asJob(file, before.jobId), before);
  if (jobId !== null) return jobId;
  // No new job: the row takes the version, or it would be reported again after each start.
  await sink.record([asJob(file, before.jobId)], []);
  return before.jobId;
}

function asJob(file: WatchFile, jobId: number | null): WatchFile {
  return { ...file, fileClass: 'job', rule: null, jobId };
}

function reasonOf(error: unknown): string {
  return error instanceof UploadError
    ? explainFailure(error.failure).reason
    : 'The file could not be queued.';
}
