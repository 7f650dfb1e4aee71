import type { InterruptName } from './surroundings.ts';

/** What the process answers its caller with. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, needsYou: 3 } as const;

/** 128 + the number of the signal, as shells count. */
export const codeOfInterrupt: Readonly<Record<InterruptName, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

export interface Ends {
  readonly completed: number;
  readonly failed: number;
  readonly blocked: number;
  readonly canceled: number;
  /** Files that did not become jobs (no such file…). */
  readonly refused: number;
}

/**
 * 0 says that everything asked for is up. So a file that somebody canceled meanwhile counts like one that failed:
 * a script that deletes its originals after a 0 must not lose it.
 */
export function exitCodeOf(ends: Ends): number {
  if (ends.failed + ends.refused + ends.canceled > 0) return exitCodes.failed;
  return ends.blocked > 0 ? exitCodes.needsYou : exitCodes.ok;
}
