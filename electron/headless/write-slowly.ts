import { once } from 'node:events';
import type { Output } from './surroundings.ts';

/** Writes at the reader's speed, so that a long list costs no memory. A reader that has left needs no more. */
export async function writeSlowly(output: Output, text: string): Promise<void> {
  if (output.destroyed || output.errored !== null) return;
  if (output.write(text)) return;
  const controller = new AbortController();
  const ends = ['drain', 'close', 'error'].map((event) => once(output, event, { signal: controller.signal }));
  await Promise.race(ends).catch(() => {});
  controller.abort();
  await Promise.allSettled(ends);
}
