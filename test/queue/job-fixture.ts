import type { Reservation } from '#ports/reservation.ts';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import type { Asset } from '#shared/asset.ts';

export const reservation: Reservation = {
  remoteId: 'asset_1',
  target: { method: 'PUT', url: 'https://store.example/object?signature=secret', headers: {} },
  issuedAt: 1000,
  expiresAt: 61_000,
  memo: {},
};

export const asset: Asset = {
  id: 'asset_1',
  link: 'https://cdn.example/asset_1.png',
  linkKind: 'url',
  linkExpiresAt: null,
  hasFreshUrl: false,
  confirmedBytes: 10,
  artifacts: [],
};

export function jobIn(state: StoredState, patch: Partial<StoredJob> = {}): StoredJob {
  return {
    id: 1,
    revision: 1,
    generation: 1,
    rank: 0,
    destinationId: 'd1',
    path: '/pictures/a.png',
    name: 'a.png',
    mimeType: 'image/png',
    file: { sizeBytes: 10, mtimeNs: '1', inode: '1:1' },
    edge: null,
    groupId: null,
    origin: 'manual',
    watchFolderId: null,
    batchId: null,
    attempts: 0,
    renewals: 0,
    renewalsInRow: 0,
    wasSignatureRefused: false,
    wasDoubted: false,
    wasCompleteTried: false,
    reserveKey: null,
    state,
    sha256: null,
    addedAt: 0,
    updatedAt: 0,
    completedAt: null,
    ...patch,
  };
}
