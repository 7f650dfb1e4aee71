import { setImmediate } from 'node:timers/promises';

/** The worker serves all folders and reads the system's events: no walk keeps it longer than this at a stretch. */
const sliceMs = 20;

/** Visits everything that a synchronous walk yields, letting the worker breathe in between. */
export async function inSlices<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let until = performance.now() + sliceMs;
  let taken = 0;
  for (const item of items) {
    visit(item);
    if (++taken % 64 !== 0 || performance.now() < until) continue;
    await setImmediate();
    until = performance.now() + sliceMs;
  }
}
