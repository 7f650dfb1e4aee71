/** Between the campaign and the threads that play its seeds. */
import type { Finding } from '../../support/sim-finding.ts';

export interface Batch {
  readonly from: number;
  readonly to: number;
}

export interface FailedSeed {
  readonly seed: number;
  readonly findings: readonly Finding[];
}

export interface Played {
  readonly seeds: number;
  readonly onRealJournal: number;
  readonly jobs: number;
  readonly deaths: number;
  readonly tornLogs: number;
  readonly faults: number;
  readonly faultKinds: readonly string[];
  readonly failed: readonly FailedSeed[];
}
