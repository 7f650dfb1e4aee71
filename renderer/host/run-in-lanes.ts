/** How many files are brought over at once: enough to hide the round trips of small ones. */
const lanes = 3;

/** Does `work` for each item, a few at a time, in their order. */
export async function runInLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items].reverse();
  const lane = async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
