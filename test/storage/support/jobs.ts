/** Builds what a journal takes: orders, reservations, watch files. */
import type { NewJob, WatchFile } from '#ports/journal.ts';
import type { Reservation } from '#ports/reservation.ts';
import type { JobOrder, StoredJob, StoredState } from '#ports/stored-job.ts';
import type { Asset } from '#shared/asset.ts';
import type { StateName } from '#shared/job.ts';

export function order(path: string, overrides: Partial<JobOrder> = {}): JobOrder {
  return {
    destinationId: 'd1',
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    mimeType: 'image/jpeg',
    file: { sizeBytes: 1000, mtimeNs: '1700000000123456789', inode: '2049:77' },
    edge: null,
    groupId: null,
    origin: 'manual',
    watchFolderId: null,
    batchId: null,
    ...overrides,
  };
}

export function newFile(
  path: string,
  overrides: Partial<JobOrder> = {},
  more: Partial<Omit<NewJob, 'order'>> = {},
): NewJob {
  return {
    order: order(path, overrides),
    rank: 0,
    isForced: false,
    entries: [{ at: 1, kind: 'queued', attempt: 0 }],
    ...more,
  };
}

export const reservation: Reservation = {
  remoteId: 'asset-1',
  target: {
    method: 'PUT',
    url: 'https://store.example/key?signature=secret-word',
    headers: { 'content-type': 'image/jpeg' },
  },
  issuedAt: 1000,
  expiresAt: 901_000,
  memo: {},
};

export const asset = (overrides: Partial<Asset> = {}): Asset => ({
  id: 'asset-1',
  link: 'https://cdn.example/asset-1',
  linkKind: 'url',
  linkExpiresAt: null,
  hasFreshUrl: false,
  confirmedBytes: 1000,
  artifacts: [],
  ...overrides,
});

export function stateNamed(name: StateName, time = 5000): StoredState {
  const failure = { code: 'timeout', message: 'slow', facts: { host: 'store.example' } } as const;
  switch (name) {
    case 'queued':
    case 'paused':
    case 'canceled':
      return { name, step: 'upload', reservation };
    case 'reserving':
      return { name, reservation: null };
    case 'inspecting':
    case 'uploading':
    case 'completing':
      return { name, reservation };
    case 'processing':
      return { name, reservation, pollAt: time, pollCount: 3 };
    case 'waiting':
      return { name, step: 'upload', reservation, until: time, failure };
    case 'blocked':
    case 'failed':
      return { name, step: 'complete', reservation, failure };
    case 'completed':
      return { name, asset: asset() };
  }
}

/** The job in another state, as the queue would hand it to `save`. */
export function inState(job: StoredJob, state: StoredState, overrides: Partial<StoredJob> = {}): StoredJob {
  return {
    ...job,
    state,
    updatedAt: job.updatedAt + 1,
    completedAt: state.name === 'completed' ? job.updatedAt + 1 : null,
    ...overrides,
  };
}

export function watchFile(relativePath: string, overrides: Partial<WatchFile> = {}): WatchFile {
  return {
    folderId: 'f1',
    relativePath,
    sizeBytes: 1000,
    mtimeNs: '1700000000123456789',
    inode: '2049:77',
    fileClass: 'settling',
    rule: null,
    jobId: null,
    seenAt: 42,
    ...overrides,
  };
}
