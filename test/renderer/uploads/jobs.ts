import type { Asset } from '#shared/asset.ts';
import type { QueueCounts } from '#shared/ipc.ts';
import { type StateName, stateNames, tabOfState, tabs } from '#shared/job.ts';

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

export { uploadJob as job } from '../../support/upload-job.ts';

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
    bytesArrived: 0,
    ...bytes,
  };
}
