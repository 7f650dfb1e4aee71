import { setTimeout as delay } from 'node:timers/promises';

/** Rejects with the signal's own reason, as every call of a provider does. */
export async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
