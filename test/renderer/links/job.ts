import type { Asset } from '#shared/asset.ts';
import type { UploadJob } from '#shared/job.ts';
import { uploadJob } from '../../support/upload-job.ts';

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
export const completedJob = (change: Partial<UploadJob> = {}, asset: Partial<Asset> = {}): UploadJob =>
  uploadJob({
    destinationName: 'FLORA',
    path: '/files/hero.png',
    name: 'hero.png',
    bytesTotal: 10,
    bytesSent: 10,
    attempts: 1,
    state: { name: 'completed', asset: { ...urlAsset, ...asset } },
    addedAt: 1,
    updatedAt: 2,
    completedAt: 2,
    ...change,
  });
