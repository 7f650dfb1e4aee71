import type { SinkStats } from './options.ts';

export type Counts = { -readonly [K in keyof Omit<SinkStats, 'sha256'>]: SinkStats[K] } & {
  readonly sha256: Map<string, string>;
};

export const noCounts = (): Counts => ({
  bytes: 0,
  reserves: 0,
  puts: 0,
  confirms: 0,
  others: 0,
  refused: 0,
  putMs: 0,
  firstPutAt: 0,
  lastPutAt: 0,
  firstAcceptedAt: 0,
  lastAcceptedAt: 0,
  aboutFinished: 0,
  sha256: new Map(),
});
