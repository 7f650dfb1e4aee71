/** Notices that a transfer has stopped moving, and does not mind one that is only slow or held back by ourselves. */
import type { Clock } from '#ports/clock.ts';

/** Looks per stall time; more looks find a stall sooner after its time is over. */
const looks = 12;

/**
 * `taken` counts what the socket took; any change is life. While `isIdle` says that there is nothing to give (our own
 * limit, or everything given), the time does not count. Returns its undo.
 */
export function watchStall(options: {
  readonly clock: Clock;
  readonly stallMs: number;
  readonly taken: () => number;
  readonly isIdle: () => boolean;
  readonly onStall: () => void;
}): () => void {
  const { clock, stallMs } = options;
  let last = options.taken();
  let movedAt = clock.monotonic();
  let undo: () => void = () => undefined;
  const look = () => {
    const taken = options.taken();
    if (taken !== last || options.isIdle()) {
      last = taken;
      movedAt = clock.monotonic();
    } else if (clock.monotonic() - movedAt >= stallMs) {
      return options.onStall();
    }
    undo = clock.setTimer(stallMs / looks, look);
  };
  undo = clock.setTimer(stallMs / looks, look);
  return () => undo();
}
