/** Notices that the wall clock was set back: what waits for a time of day would wait that much longer. */

import type { Clock } from '#ports/clock.ts';

/** Less is drift, and the slow correction of it. */
const leastMs = 2000;

/** Answers by how many ms the clock was set back since the last call; 0 if it was not. */
export function createClockWatch(clock: Pick<Clock, 'now' | 'monotonic'>): () => number {
  let offset = clock.now() - clock.monotonic();
  return () => {
    const before = offset;
    offset = clock.now() - clock.monotonic();
    return before - offset >= leastMs ? before - offset : 0;
  };
}
