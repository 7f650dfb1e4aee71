import type { DestinationView, KindDescription } from '#shared/ipc.ts';
import { stateOf } from '../../destinations/destination-state.ts';
import { destinationWords } from '../../words/destinations.ts';
import { dropWords as words } from '../../words/drop.ts';
import { kindsOfFile } from '../../words/kinds-of-file.ts';
import { timeOfDay } from '../../words/times.ts';
import { limitsOf, refusedTypes } from './refusals.ts';

/** "Runflow · Products"; a name that says the service already stands alone. */
export function placeOf({ destination }: DestinationView): string {
  const service = destinationWords.kinds[destination.kind].name;
  const { name } = destination;
  return name.toLowerCase().includes(service.toLowerCase()) ? name : `${service} · ${name}`;
}

/** What a person should know before they let go there; null: nothing. */
export function warningOf(
  view: DestinationView,
  types: readonly string[],
  kinds: readonly KindDescription[],
  isEverythingPaused: boolean,
): string | null {
  const refused = refusedTypes(types, limitsOf(view, kinds));
  if (refused.length > 0) {
    const kindsRefused = [...new Set(refused.map((type) => kindsOfFile('', type)))];
    return words.willNotTake(destinationWords.kinds[view.destination.kind].name, kindsRefused.join(', '));
  }
  return waitOf(view, isEverythingPaused);
}

/** What files would wait for there; null: nothing. */
export function waitOf(view: DestinationView, isEverythingPaused: boolean): string | null {
  const { destination, hold } = view;
  const { name } = destination;
  // What a person has to end comes before what passes by itself.
  if (hold?.kind === 'blocked') return words.blocked(name);
  if (hold?.kind === 'paused') return words.paused(name);
  if (hold === null && stateOf(view, 0).cure === 'key') return words.noKey(name);
  if (isEverythingPaused) return words.everythingPaused;
  if (hold === null) return null;
  if (hold.kind === 'rate-limited')
    return words.slowedDown(hold.until === null ? null : timeOfDay(hold.until));
  return hold.kind === 'unreachable' ? words.unreachable : words.diskFull;
}
