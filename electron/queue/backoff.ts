/** How long to wait before the next try: pure, chance comes in as an argument. */
const baseMs = 1000;
const capMs = 300_000;
/** A server's wish is believed up to an hour. */
const longestRetryAfterMs = 3_600_000;

/**
 * Full jitter: a random share of 1 s, 2 s, 4 s … up to 5 min. `attempt` is 1-indexed. A stated Retry-After wins, with a
 * little jitter on top, so that many jobs do not come back in the same instant.
 */
export function backoffMs(attempt: number, retryAfterMs: number | null, random: () => number): number {
  if (retryAfterMs !== null) {
    const stated = Math.min(Math.max(0, retryAfterMs), longestRetryAfterMs);
    return Math.round(stated + random() * Math.min(1000, stated / 10));
  }
  const exponent = Math.min(Math.max(attempt, 1) - 1, 20);
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** exponent));
}

/**
 * How long a destination is held by its own word; null: it said nothing, or, for the second time in a row, "at once",
 * which would make it and us run in circles.
 */
export function holdMs(retryAfterMs: number | null, throttlesInRow: number): number | null {
  if (retryAfterMs === null || (retryAfterMs < baseMs && throttlesInRow > 1)) return null;
  return Math.min(Math.max(0, retryAfterMs), longestRetryAfterMs);
}

/** Probes of an unreachable destination: 1 s, 2 s, 4 s … 60 s, each with up to a quarter of jitter. */
export function probeDelayMs(failuresInRow: number, random: () => number): number {
  const delay = Math.min(60_000, baseMs * 2 ** Math.min(Math.max(failuresInRow, 1) - 1, 6));
  return Math.round(delay * (1 + random() / 4));
}

/** A 429 without Retry-After: 1 s doubling to 32 s plus up to 1 s of jitter (Runflow's rule; FLORA's cap is near it). */
export function throttleDelayMs(throttlesInRow: number, random: () => number): number {
  return Math.round(
    Math.min(32_000, baseMs * 2 ** Math.min(Math.max(throttlesInRow, 1) - 1, 5)) + random() * 1000,
  );
}
