/** Held by every window of Hoist that can be seen, so that the others know. */
const lockName = 'hoist.seen-window';

/** Lets the other windows of this browser know whether this one can be seen. */
export function tellWhetherSeen(): () => void {
  let release: (() => void) | null = null;
  const apply = () => {
    if (document.hidden) {
      release?.();
      release = null;
    } else if (release === null) {
      const held = Promise.withResolvers<void>();
      release = held.resolve;
      // Refused only where the page goes away.
      navigator.locks.request(lockName, { mode: 'shared' }, () => held.promise).catch(() => {});
    }
  };
  apply();
  document.addEventListener('visibilitychange', apply);
  return () => {
    document.removeEventListener('visibilitychange', apply);
    release?.();
  };
}

export async function isSomeWindowSeen(): Promise<boolean> {
  if (!document.hidden) return true;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === lockName);
}
