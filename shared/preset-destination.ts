import type { DestinationView } from './ipc.ts';
import type { Settings } from './settings.ts';

/**
 * Where files go that nobody named a place for, and nobody need be asked: the default of the settings, else the only
 * destination besides those of the demo service. Null: somebody has to choose.
 */
export function presetDestination(
  destinations: readonly DestinationView[],
  settings: Pick<Settings, 'defaultDestinationId'> | null,
): DestinationView | null {
  const preset = destinations.find(({ destination }) => destination.id === settings?.defaultDestinationId);
  if (preset !== undefined) return preset;
  const [only, ...others] = destinations.filter(({ destination }) => !destination.isDemo);
  return others.length === 0 ? (only ?? null) : null;
}
