/** Speed over a window of samples: steady enough to be read, quick enough to be true. */
export interface SpeedMeter {
  /** `at`: monotonic ms; `bytes`: all that went up so far. */
  add(at: number, bytes: number): void;
  /** Bytes a second; null until samples span `steadyMs`. */
  bytesPerSecond(): number | null;
}

const windowMs = 8000;
const steadyMs = 3000;

export function createSpeedMeter(): SpeedMeter {
  const samples: { readonly at: number; readonly bytes: number }[] = [];
  return {
    add(at, bytes) {
      samples.push({ at, bytes });
      while (samples.length > 2 && (samples[1]?.at ?? at) <= at - windowMs) samples.shift();
    },
    bytesPerSecond() {
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined || last.at - first.at < steadyMs) return null;
      // A torn transfer begins again: its bytes count once more, and less than nothing was never sent.
      return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
    },
  };
}
