import { isSameVersion } from '#ports/file-version.ts';
/** Is the file on disk still the version that was queued? Asked before every reserve. */

import type { StoredJob } from '#ports/stored-job.ts';
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import { failure } from '#shared/failure.ts';
import type { JobEvent } from './events.ts';
import type { QueueOptions } from './options.ts';

/** A file that changed must rest this long before it is read again; doubles with every further change. */
const settleMs = 2000;
const offlineLookMs = 30_000;

/** Null: it is still the same. Otherwise the event that says what became of it. Other read errors are thrown. */
export async function checkSource(job: StoredJob, options: QueueOptions): Promise<JobEvent | null> {
  try {
    const current = await options.readFileVersion(job.path, { followSymlink: job.origin === 'manual' });
    return isSameVersion(current, job.file) ? null : tornEvent(job, current, options.clock.now());
  } catch (error) {
    if (error instanceof UploadError && error.code === 'file-missing') return missingEvent(job, options);
    throw error;
  }
}

export function tornEvent(job: StoredJob, current: FileVersion, now: number): JobEvent {
  return { type: 'torn', file: current, until: now + settleMs * 2 ** Math.min(job.attempts, 6) };
}

export function missingEvent(job: StoredJob, options: QueueOptions): JobEvent {
  const missing = failure('file-missing', '', { path: job.path });
  if (job.watchFolderId !== null && options.isFolderOffline(job.watchFolderId)) {
    return { type: 'deferred', failure: missing, until: options.clock.now() + offlineLookMs };
  }
  return { type: 'vanished', failure: missing, resume: 'same' };
}
