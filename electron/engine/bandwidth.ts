/** Keeps the limit of the transfer true while hours pass and settings change. */
import type { Clock } from '#ports/clock.ts';
import { limitAt } from '#shared/bandwidth.ts';
import type { Settings } from '#shared/settings.ts';

const minuteMs = 60_000;

/** Keeps the transfer's limit true to the settings and the hour. Returns what to call after a change of settings. */
export function keepBandwidthLimit(
  clock: Clock,
  settings: () => Settings,
  apply: (limit: number | null) => void,
): { readonly refresh: () => void; readonly stop: () => void } {
  let cancel: (() => void) | null = null;
  const refresh = () => {
    cancel?.();
    apply(limitAt(settings(), new Date(clock.now()).getHours()));
    cancel = settings().slowMode.hours === null ? null : clock.setTimer(minuteMs, refresh);
  };
  refresh();
  return { refresh, stop: () => cancel?.() };
}
