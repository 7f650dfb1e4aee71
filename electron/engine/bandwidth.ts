/** Which bandwidth limit holds now: the setting, or slow mode by hand or by the hour. Pure but for the timer. */

import type { Clock } from '#ports/clock.ts';
import type { Settings } from '#shared/settings.ts';

const minuteMs = 60_000;

export function limitAt(settings: Settings, localHour: number): number | null {
  const { slowMode, bandwidthLimit } = settings;
  const isSlow = slowMode.isOn || (slowMode.hours !== null && isWithin(localHour, slowMode.hours));
  if (!isSlow) return bandwidthLimit;
  return bandwidthLimit === null
    ? slowMode.bandwidthLimit
    : Math.min(bandwidthLimit, slowMode.bandwidthLimit);
}

/** [from, to), over midnight where `to` is not after `from`. */
function isWithin(hour: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

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
