/** Speed over a sliding window, from readings of a counter that never goes back. */
import type { Clock } from '#ports/clock.ts';

const windowMs = 3000;
/** Less time says nothing of a speed. */
const leastMs = 200;

export interface SpeedMeter {
  /** The counter's new value, in bytes. */
  record(bytes: number): void;
  /** Bytes a second over the last 3 s; null until there are two readings at least 200 ms apart. */
  read(): number | null;
  /** When what `read` looks at began, monotonic ms, at most 3 s ago; null where that answers null. */
  since(): number | null;
  /** What was counted after a moment of the last 3 s (monotonic ms). */
  bytesSince(at: number): number;
}

interface Reading {
  readonly at: number;
  readonly bytes: number;
}

export function createSpeedMeter(clock: Pick<Clock, 'monotonic'>): SpeedMeter {
  let readings: Reading[] = [];
  /** The readings that a speed is made of. */
  function span(now: number): { readonly first: Reading; readonly last: Reading } | null {
    const first = readings.find((reading) => now - reading.at <= windowMs) ?? readings.at(-1);
    const last = readings.at(-1);
    if (first === undefined || last === undefined || readings.length < 2) return null;
    return now - first.at < leastMs ? null : { first, last };
  }
  return {
    record(bytes) {
      const at = clock.monotonic();
      readings.push({ at, bytes });
      // Rarely: over all transfers there can be thousands in a window.
      if (at - (readings[0]?.at ?? at) > 2 * windowMs) {
        readings = readings.filter((reading) => at - reading.at <= windowMs);
      }
    },
    read() {
      const now = clock.monotonic();
      const seen = span(now);
      return seen === null ? null : ((seen.last.bytes - seen.first.bytes) * 1000) / (now - seen.first.at);
    },
    since() {
      const now = clock.monotonic();
      const seen = span(now);
      return seen === null ? null : Math.max(seen.first.at, now - windowMs);
    },
    bytesSince(at) {
      const before = readings.findLast((reading) => reading.at <= at) ?? readings[0];
      return (readings.at(-1)?.bytes ?? 0) - (before?.bytes ?? 0);
    },
  };
}

/**
 * Bytes a second over all transfers: the speeds that the running ones say, so that a person who adds them up finds this
 * number, and what moved beside them (files that are too short for a speed of their own, or have just ended) since the
 * youngest of them has one. A window of its own would lag behind them for as long as it is. `all` counts what every
 * transfer counts, those in `running` too.
 */
export function speedOfAll(
  all: SpeedMeter,
  running: Iterable<SpeedMeter>,
  clock: Pick<Clock, 'monotonic'>,
): number {
  const rated = [...running].flatMap((meter) => {
    const [speed, since] = [meter.read(), meter.since()];
    return speed === null || since === null ? [] : [{ meter, speed, since }];
  });
  if (rated.length === 0) return all.read() ?? 0;
  const since = Math.max(...rated.map((each) => each.since));
  const own = rated.reduce((sum, { meter }) => sum + meter.bytesSince(since), 0);
  const beside = Math.max(0, all.bytesSince(since) - own);
  return (
    rated.reduce((sum, { speed }) => sum + speed, 0) +
    (beside * 1000) / Math.max(leastMs, clock.monotonic() - since)
  );
}
