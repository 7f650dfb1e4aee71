import type { Asset } from '#shared/asset.ts';
import type { UploadJob } from '#shared/job.ts';

export const urlAsset: Asset = {
  id: 'asset_1',
  link: 'https://a.example/hero.png',
  linkKind: 'url',
  linkExpiresAt: null,
  hasFreshUrl: false,
  confirmedBytes: 10,
  artifacts: [],
};

/** A completed job whose link is a lasting URL. */
export const completedJob = (change: Partial<UploadJob> = {}, asset: Partial<Asset> = {}): UploadJob => ({
  id: 1,
  revision: 1,
  destinationId: 'd1',
  destinationName: 'FLORA',
  kind: 'flora',
  path: '/files/hero.png',
  name: 'hero.png',
  mimeType: 'image/png',
  bytesTotal: 10,
  bytesSent: 10,
  bytesPerSecond: null,
  edge: null,
  origin: 'manual',
  watchFolderId: null,
  batchId: null,
  generation: 1,
  attempts: 1,
  renewals: 0,
  state: { name: 'completed', asset: { ...urlAsset, ...asset } },
  link: null,
  assetId: null,
  sha256: null,
  addedAt: 1,
  updatedAt: 2,
  completedAt: 2,
  ...change,
});
