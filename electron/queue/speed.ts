/** Speed over a sliding window, from readings of a counter that never goes back. */
import type { Clock } from '#ports/clock.ts';

const windowMs = 3000;

export interface SpeedMeter {
  /** The counter's new value, in bytes. */
  record(bytes: number): void;
  /** Bytes a second over the last 3 s; null until there are two readings at least 200 ms apart. */
  read(): number | null;
}

export function createSpeedMeter(clock: Pick<Clock, 'monotonic'>): SpeedMeter {
  let readings: { readonly at: number; readonly bytes: number }[] = [];
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
      const first = readings.find((reading) => now - reading.at <= windowMs) ?? readings.at(-1);
      const last = readings.at(-1);
      if (first === undefined || last === undefined || readings.length < 2) return null;
      const elapsedMs = now - first.at;
      return elapsedMs < 200 ? null : ((last.bytes - first.bytes) * 1000) / elapsedMs;
    },
  };
}
