/** Which of several windows of Hoist a person was in last: what concerns the person, and not a window, is said there alone. */

const orderKey = 'hoist.windows';
const lockPrefix = 'hoist.window.';
/** Of windows that are long gone. */
const longestOrder = 20;

/** `order`: windows by when they were in front, the last one last. `open`: those that are there; null: nobody knows. */
export function isLastInFront(
  order: readonly string[],
  open: ReadonlySet<string> | null,
  own: string,
): boolean {
  if (order.length === 0) return true;
  return order.findLast((id) => id === own || open === null || open.has(id)) === own;
}

export interface FrontWindow {
  /** Whether this window is in front, or was the last of those that are open. */
  isFront(): Promise<boolean>;
  close(): void;
}

/** Keeps the order of the windows of this browser. Where it keeps nothing, each window takes itself for the only one. */
export function followFrontWindow(): FrontWindow {
  const own = crypto.randomUUID();
  const gone = new AbortController();
  const { signal } = gone;
  // Held as long as the window is there, however it ends.
  const { promise: isClosed, resolve: letGo } = Promise.withResolvers<void>();
  void locks()
    ?.request(lockPrefix + own, () => isClosed)
    .catch(() => {});
  const comeToFront = () => writeOrder([...readOrder().filter((id) => id !== own), own]);
  if (document.hasFocus() || readOrder().length === 0) comeToFront();
  else writeOrder([own, ...readOrder()]);
  window.addEventListener('focus', comeToFront, { signal });
  return {
    isFront: async () => document.hasFocus() || isLastInFront(readOrder(), await openWindows(), own),
    close() {
      gone.abort();
      letGo();
    },
  };
}

const locks = (): LockManager | undefined => navigator.locks;

async function openWindows(): Promise<ReadonlySet<string> | null> {
  const held = await locks()
    ?.query()
    .catch(() => null);
  if (held == null) return null;
  return new Set((held.held ?? []).flatMap(({ name = '' }) => name.split(lockPrefix).slice(1)));
}

function readOrder(): readonly string[] {
  try {
    const order: unknown = JSON.parse(localStorage.getItem(orderKey) ?? '[]');
    return Array.isArray(order) ? order.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function writeOrder(order: readonly string[]): void {
  try {
    localStorage.setItem(orderKey, JSON.stringify(order.slice(-longestOrder)));
  } catch {
    // Nothing may be kept here.
  }
}
