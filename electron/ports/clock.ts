/** Time and chance, handed in so that tests own them. */
export interface Clock {
  /** Epoch ms, may jump. For what is stored and shown, and for expiry. */
  now(): number;
  /** Milliseconds that never go back. For intervals, speeds and stalls. */
  monotonic(): number;
  /** Runs `task` once after `delayMs`; returns its undo. */
  setTimer(delayMs: number, task: () => void): () => void;
}

/** A number in [0, 1). */
export type Random = () => number;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
