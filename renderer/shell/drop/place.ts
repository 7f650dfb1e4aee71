import type { DestinationView, KindDescription } from '#shared/ipc.ts';
import { destinationWords } from '../../words/destinations.ts';
import { dropWords as words } from '../../words/drop.ts';
import { kindsOfFile } from '../../words/kinds-of-file.ts';
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
  if (view.hold?.kind === 'blocked') return words.blocked(view.destination.name);
  if (view.hold?.kind === 'paused') return words.paused(view.destination.name);
  return isEverythingPaused ? words.everythingPaused : null;
}

/** What files would wait for there, also where that passes by itself; null: nothing. */
export function waitOf(view: DestinationView, isEverythingPaused: boolean): string | null {
  const warning = warningOf(view, [], [], isEverythingPaused);
  return warning ?? (view.hold === null ? null : words.waits(view.destination.name));
}
