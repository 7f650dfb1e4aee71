/** Which bandwidth limit holds: the setting, or slow mode by hand or by the hour. */
import type { Settings } from './settings.ts';

type Bandwidth = Pick<Settings, 'slowMode' | 'bandwidthLimit'>;

/** `localHour`: 0 to 23. */
export function isSlowAt({ slowMode }: Pick<Settings, 'slowMode'>, localHour: number): boolean {
  return slowMode.isOn || (slowMode.hours !== null && isWithin(localHour, slowMode.hours));
}

/** Bytes a second over all destinations; null: no limit. Slow mode never makes anything faster. */
export function limitAt(settings: Bandwidth, localHour: number): number | null {
  const { slowMode, bandwidthLimit } = settings;
  if (!isSlowAt(settings, localHour)) return bandwidthLimit;
  return bandwidthLimit === null
    ? slowMode.bandwidthLimit
    : Math.min(bandwidthLimit, slowMode.bandwidthLimit);
}

/** [from, to), over midnight where `to` is not after `from`. */
function isWithin(hour: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}
