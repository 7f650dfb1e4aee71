/** Why a folder is walked more often than its size asks for. */
export type ScanPace = 'normal' | 'degraded';

const tiers = [
  { below: 10_000, intervalMs: 60_000 },
  { below: 100_000, intervalMs: 5 * 60_000 },
] as const;
const largestIntervalMs = 15 * 60_000;

/** Time to the next walk: by the number of files, a quarter more or less; 30 to 60 s where events cannot be trusted. */
export function scanIntervalMs(files: number, pace: ScanPace, chance: number): number {
  if (pace === 'degraded') return 30_000 + 30_000 * chance;
  const base = tiers.find((tier) => files < tier.below)?.intervalMs ?? largestIntervalMs;
  return base * (0.75 + 0.5 * chance);
}

/** A missing folder is looked for every 5 s in the first minute, then every minute. */
export function offlineRetryMs(tries: number): number {
  return tries < 12 ? 5000 : 60_000;
}
