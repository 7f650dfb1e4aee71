/** From a stored job to the one that a person sees: what is secret stays behind. */

import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import type { LiveJob } from '#queue';
import { assertNever } from '#shared/assert-never.ts';
import type { Destination } from '#shared/destination.ts';
import { hasArrived, type JobState, type UploadJob } from '#shared/job.ts';
import { remainingMsOf } from './remaining.ts';

/** `destination`: the one that the job was given to, also where it was removed since. */
export function viewJob(
  job: StoredJob,
  destination: Pick<Destination, 'name' | 'kind'> | null,
  live: LiveJob | null,
): UploadJob {
  const state = viewState(job.state);
  const isThere = state.name === 'completed' || hasArrived(state.name);
  return {
    id: job.id,
    revision: job.revision,
    destinationId: job.destinationId,
    destinationName: destination?.name ?? job.destinationId,
    kind: destination?.kind ?? 'runflow',
    path: job.path,
    name: job.name,
    mimeType: job.mimeType,
    bytesTotal: job.file.sizeBytes,
    bytesSent: isThere ? job.file.sizeBytes : (live?.bytesSent ?? 0),
    bytesPerSecond: live?.bytesPerSecond ?? null,
    remainingMs: live === null ? null : remainingMsOf(live),
    edge: job.edge,
    origin: job.origin,
    watchFolderId: job.watchFolderId,
    batchId: job.batchId,
    generation: job.generation,
    attempts: job.attempts,
    renewals: job.renewals,
    state,
    link: state.name === 'completed' ? state.asset.link : null,
    assetId: state.name === 'completed' ? state.asset.id : null,
    sha256: job.sha256,
    addedAt: job.addedAt,
    updatedAt: job.updatedAt,
    completedAt: job.completedAt,
  };
}

function viewState(state: StoredState): JobState {
  switch (state.name) {
    case 'queued':
    case 'paused':
      return { name: state.name, step: state.step };
    case 'reserving':
    case 'inspecting':
    case 'uploading':
    case 'completing':
      return { name: state.name };
    case 'processing':
      return { name: 'processing', pollAt: state.pollAt };
    case 'waiting':
      return { name: 'waiting', step: state.step, until: state.until, failure: state.failure };
    case 'blocked':
      return { name: 'blocked', step: state.step, failure: state.failure };
    case 'completed':
      return { name: 'completed', asset: state.asset };
    case 'failed':
      return { name: 'failed', failure: state.failure };
    case 'canceled':
      return { name: 'canceled' };
    default:
      return assertNever(state);
  }
}
