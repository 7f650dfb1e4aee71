import { type ToastOptions, toast } from '../ui/toasts.tsx';

/** Enough for a few words that confirm what was just pressed. */
const shortMs = 3000;

let takeLastAway = () => {};

/** Says what was copied, in the place of what was said of the copy before: only the last one is on the clipboard. */
export function sayOfCopy(options: ToastOptions): void {
  takeLastAway();
  const isShort = options.text === undefined && options.action === undefined && options.tone === 'ok';
  takeLastAway = toast(isShort ? { durationMs: shortMs, ...options } : options);
}
