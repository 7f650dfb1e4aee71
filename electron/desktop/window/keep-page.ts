/** A page whose process is gone is loaded anew: what it showed is the engine's, and nothing of that is lost. */
import type { BrowserWindow } from 'electron';
import type { Clock } from '#ports/clock.ts';

/** A page that goes again so soon would go for ever. */
const restMs = 30_000;

/** `onBroken`: it went again at once; its reason. */
export function keepPage(
  window: Pick<BrowserWindow, 'isDestroyed' | 'webContents'>,
  clock: Pick<Clock, 'monotonic'>,
  onBroken: (reason: string) => void,
): void {
  let wentAt = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // Ended by us, or with the window.
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const isAgain = clock.monotonic() - wentAt < restMs;
    wentAt = clock.monotonic();
    if (isAgain) onBroken(reason);
    else window.webContents.reload();
  });
}
