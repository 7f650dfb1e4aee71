import type { DestinationView } from '#shared/ipc.ts';
import type { Live } from '../live/live-store.ts';
import { lastDestinationId } from './last-destination.ts';

type Known = Pick<Live, 'destinations' | 'settings'>;

/** Where files may be given to: the person's own destinations; the demo service's only as long as there are none. */
export function offeredDestinations({
  destinations,
}: Pick<Known, 'destinations'>): readonly DestinationView[] {
  const own = destinations.filter(({ destination }) => !destination.isDemo);
  return own.length > 0 ? own : destinations;
}

/**
 * Where files go that nobody named a place for: the default of the settings, else the only one of the person's own, else
 * the one used last, else the first; while there are none of their own, the demo service's FLORA. Null: there is none.
 */
export function targetDestination(live: Known, lastId = lastDestinationId()): DestinationView | null {
  const byId = (views: readonly DestinationView[], id: string | null | undefined) =>
    views.find(({ destination }) => destination.id === id);
  const offered = offeredDestinations(live);
  const [first, ...others] = offered;
  return (
    byId(live.destinations, live.settings?.defaultDestinationId) ??
    (others.length === 0 ? first : undefined) ??
    byId(offered, lastId) ??
    offered.find(({ destination }) => destination.isDemo && destination.kind === 'flora') ??
    first ??
    null
  );
}
