import type { Clock } from '#ports/clock.ts';

/** Resolves when the work is done, or when so many ms are over. Rejects as the work does before that. */
export async function atMost(
  clock: Pick<Clock, 'setTimer'>,
  ms: number,
  work: Promise<unknown>,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const cancel = clock.setTimer(ms, over.resolve);
  try {
    await Promise.race([work, over.promise]);
  } finally {
    cancel();
  }
}
