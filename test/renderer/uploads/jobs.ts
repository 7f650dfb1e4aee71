import type { Asset } from '#shared/asset.ts';
import type { QueueCounts } from '#shared/ipc.ts';
import { type StateName, stateNames, tabOfState, tabs, type UploadJob } from '#shared/job.ts';

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

export const job = (overrides: Partial<UploadJob> = {}): UploadJob => ({
  id: 1,
  revision: 1,
  destinationId: 'd1',
  destinationName: 'studio',
  kind: 'flora',
  path: '/home/someone/Renders/still.png',
  name: 'still.png',
  mimeType: 'image/png',
  bytesTotal: 1000,
  bytesSent: 0,
  bytesPerSecond: null,
  edge: null,
  origin: 'manual',
  watchFolderId: null,
  batchId: null,
  generation: 1,
  attempts: 0,
  renewals: 0,
  state: { name: 'queued', step: 'reserve' },
  link: null,
  assetId: null,
  sha256: null,
  addedAt: 1000,
  updatedAt: 1000,
  completedAt: null,
  ...overrides,
});

export function counts(
  byState: Partial<Record<StateName, number>>,
  bytes: Partial<QueueCounts> = {},
): QueueCounts {
  const states = Object.fromEntries(stateNames.map((name) => [name, byState[name] ?? 0])) as Record<
    StateName,
    number
  >;
  const sum = (names: readonly StateName[]) => names.reduce((total, name) => total + states[name], 0);
  return {
    byState: states,
    byTab: Object.fromEntries(
      tabs.map((tab) => [tab, sum(stateNames.filter((name) => tabOfState[name] === tab))]),
    ) as QueueCounts['byTab'],
    all: sum(stateNames),
    bytesTotal: 0,
    bytesCompleted: 0,
    bytesRemaining: 0,
    ...bytes,
  };
}
