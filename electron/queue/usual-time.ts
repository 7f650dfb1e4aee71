/** How long something usually takes: smoothed, so that one that was late does not count for much. */

export interface UsualTime {
  /** Ms that it took once. */
  note(tookMs: number): void;
  /** Null before the first. */
  readonly ms: number | null;
}

export function createUsualTime(): UsualTime {
  let ms: number | null = null;
  return {
    note(tookMs) {
      ms = ms === null ? tookMs : ms * 0.8 + tookMs * 0.2;
    },
    get ms() {
      return ms;
    },
  };
}

/** What it takes; null where that is not known, or one that began so long ago is none of that kind. */
export function usualMsFor({ ms }: UsualTime, sinceMs: number): number | null {
  return ms === null || sinceMs > 2 * ms ? null : ms;
}
