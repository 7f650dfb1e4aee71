/** How much is measured: everything, or (to try a measurement out) a small part of it. */

const share = Number(process.env.HOIST_BENCH_SHARE ?? '1');

export const isWhole = share >= 1;

/** At least five rounds, interleaved, make a number; two show that it can be made. */
export const rounds = isWhole ? 5 : 2;

/** So many of something, or its share, at least `least`. */
export const atShare = (count: number, least = 1): number =>
  Math.max(Math.round(count * Math.min(share, 1)), least);

/** Does one round, answers its number. */
export type Side = (round: number) => number | Promise<number>;

/**
 * Every side once per round, one after the other; answers the numbers of each side. Round 0 only warms up; leave it out
 * where what is measured is waiting.
 */
export async function takeTurns(
  sides: readonly Side[],
  options: { readonly warmsUp?: boolean; readonly rounds?: number } = {},
): Promise<readonly (readonly number[])[]> {
  const numbers: number[][] = sides.map(() => []);
  const first = options.warmsUp === false ? 1 : 0;
  for (let round = first; round <= (options.rounds ?? rounds); round += 1) {
    for (const [index, side] of sides.entries()) {
      const number = await side(round);
      if (round > 0) numbers[index]?.push(number);
    }
  }
  return numbers;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
