/**
 * What `contextBridge` lets through, as its documentation has it: functions become functions that copy what goes in and
 * comes out, errors keep nothing but their message, objects lose their prototype, data is cloned, and what comes out is
 * frozen. So code that lives off more than that fails here as it would in Electron.
 */

/** One thing on its way through; `seen` keeps shared and circular objects what they are. */
export function copyAcross(value: unknown, seen: Map<object, unknown> = new Map()): unknown {
  if (typeof value === 'symbol') throw new Error('A symbol cannot be sent over the context bridge.');
  if (typeof value === 'function') return proxyOf(value as (...args: unknown[]) => unknown);
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (value instanceof Promise) {
    return value.then(
      (result) => copyAcross(result),
      (error: unknown) => Promise.reject(copyError(error)),
    );
  }
  if (value instanceof Error) return copyError(value);
  // Elements and blobs are the browser's own, and the same on both sides.
  if (value instanceof Blob || value instanceof Element) return value;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    seen.set(value, copy);
    for (const item of value) copy.push(copyAcross(item, seen));
    return copy;
  }
  if (isClonedByTheBrowser(value)) return structuredClone(value);
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  for (const [key, item] of Object.entries(value)) copy[key] = copyAcross(item, seen);
  return copy;
}

/** What `exposeInMainWorld` leaves in the page: nobody can change it afterwards. */
export function freezeAll(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) freezeAll(item);
  }
  return value;
}

function proxyOf(inner: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    try {
      return copyAcross(inner(...args.map((arg) => copyAcross(arg))));
    } catch (error) {
      throw copyError(error);
    }
  };
}

const copyError = (error: unknown): unknown =>
  error instanceof Error ? new Error(error.message) : copyAcross(error);

const isClonedByTheBrowser = (value: object): boolean =>
  value instanceof Date ||
  value instanceof Map ||
  value instanceof Set ||
  value instanceof RegExp ||
  value instanceof ArrayBuffer ||
  ArrayBuffer.isView(value);
