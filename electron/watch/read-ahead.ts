/** Reads the next item; null when there is no more. */
type Read<T> = () => Promise<T> | null;

/**
 * Uses one thing after another, and has the next one read in the meantime, so that the worker and the journal need not
 * wait for each other. Where `use` answers false, no more is used.
 */
export async function readAhead<T>(read: Read<T>, use: (item: T) => Promise<boolean>): Promise<void> {
  let next = read();
  while (next !== null) {
    const item = await next;
    next = read();
    // Should the use fail, nobody waits for this one any more.
    next?.catch(() => {});
    if (!(await use(item))) return;
  }
}
