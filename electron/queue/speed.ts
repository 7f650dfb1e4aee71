/** Speed over a sliding window, from readings of a counter that never goes back. */
import type { Clock } from '#ports/clock.ts';

const windowMs = 3000;
/** Less time says nothing of a speed. */
const leastMs = 200;
/** A file that ends within less would be a flash of speed. */
const leastForEndedMs = 1000;
/** Below such a part of what it did so far, a transfer may come to rest, or begin anew after one. */
const restingShare = 0.25;
/** What it moves in one window is then so many times what it moves in the one beside it. */
const restingChange = 2;
/** What a connection takes at first goes into the buffers on its way, several MB at once, and says nothing of the line. */
export const burstMs = 500;

export interface SpeedMeter {
  /** The counter's new value, in bytes; it began at 0. */
  record(bytes: number): void;
  /** Bytes a second over the last 3 s; null until there are two readings, and 200 ms of which they say something. */
  read(): number | null;
  /**
   * The same for people: 0 also while a transfer comes to rest or begins anew after one. It is neither slow nor fast then, and
   * its speed would promise hours. One that has become slow says so within 6 s.
   */
  said(): number | null;
  /** When what `read` looks at began, monotonic ms, at most 3 s ago; null where that answers null. */
  since(): number | null;
  /** What was counted after a moment of the last 3 s (monotonic ms). */
  bytesSince(at: number): number;
}

interface Reading {
  readonly at: number;
  readonly bytes: number;
}

/** `skippedMs`: what is counted within so long of the first reading is no part of a speed. */
export function createSpeedMeter(clock: Pick<Clock, 'monotonic'>, skippedMs = 0): SpeedMeter {
  let readings: Reading[] = [];
  let ratedFrom = Number.POSITIVE_INFINITY;
  /** The last reading that is no part of a speed yet. */
  let base: Reading | null = null;
  const lastUntil = (at: number) => readings.findLast((reading) => reading.at <= at);
  /** The readings that a speed is made of; the first is the last one before the window, however long ago that was. */
  function span(now: number): { readonly first: Reading; readonly last: Reading } | null {
    const first = lastUntil(Math.max(ratedFrom, now - windowMs));
    const last = readings.at(-1);
    if (first === undefined || last === undefined || readings.length < 2) return null;
    return now - Math.max(first.at, ratedFrom) < leastMs ? null : { first, last };
  }
  function read(): number | null {
    const now = clock.monotonic();
    const seen = span(now);
    return seen === null ? null : ((seen.last.bytes - seen.first.bytes) * 1000) / (now - seen.first.at);
  }
  return {
    record(bytes) {
      const at = clock.monotonic();
      if (readings.length === 0) ratedFrom = at + skippedMs;
      if (base === null || at <= ratedFrom) base = { at, bytes };
      readings.push({ at, bytes });
      // Rarely: over all transfers there can be thousands in a window.
      if (at - (readings[0]?.at ?? at) > 3 * windowMs) {
        readings = readings.slice(readings.findLastIndex((reading) => reading.at <= at - 2 * windowMs));
      }
    },
    read,
    said() {
      const now = clock.monotonic();
      const speed = read();
      if (speed === null || base === null) return speed;
      const bytesAt = (at: number) => lastUntil(at)?.bytes ?? 0;
      const mean = ((bytesAt(now) - base.bytes) * 1000) / (now - base.at);
      if (speed >= mean * restingShare) return speed;
      const lately = bytesAt(now) - bytesAt(now - windowMs);
      const before = bytesAt(now - windowMs) - bytesAt(now - 2 * windowMs);
      return lately * restingChange < before || lately > before * restingChange ? 0 : speed;
    },
    since() {
      const now = clock.monotonic();
      const seen = span(now);
      return seen === null ? null : Math.max(seen.first.at, now - windowMs);
    },
    bytesSince: (at) => (readings.at(-1)?.bytes ?? 0) - (lastUntil(at)?.bytes ?? 0),
  };
}

/**
 * Bytes a second over all transfers: the speeds that the running ones say, so that a person who adds them up finds this
 * number, and what those moved that have ended since the youngest of them has a speed. A window of its own would lag behind
 * them for as long as it is. `all` counts what every transfer counts, those in `running` too.
 */
export function speedOfAll(
  all: SpeedMeter,
  running: Iterable<SpeedMeter>,
  clock: Pick<Clock, 'monotonic'>,
): number {
  const meters = [...running];
  const rated = meters.flatMap((meter) => {
    const [speed, since] = [meter.said(), meter.since()];
    return speed === null || since === null ? [] : [{ speed, since }];
  });
  const since = rated.length === 0 ? all.since() : Math.max(...rated.map((each) => each.since));
  if (since === null) return 0;
  // One that has no speed yet fills buffers: it is counted when it has one, or when its file is there.
  const own = meters.reduce((sum, meter) => sum + meter.bytesSince(since), 0);
  const ended = Math.max(0, all.bytesSince(since) - own);
  return (
    rated.reduce((sum, { speed }) => sum + speed, 0) +
    (ended * 1000) / Math.max(leastForEndedMs, clock.monotonic() - since)
  );
}
