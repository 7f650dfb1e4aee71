import type { DestinationView, Snapshot } from '#shared/ipc.ts';
import { presetDestination } from '#shared/preset-destination.ts';
import * as texts from './texts.ts';
import { UsageError } from './usage-error.ts';

/** Names are compared as people read them: in any case, in any Unicode form. */
const fold = (name: string) => name.normalize('NFC').toLowerCase();

/** The destination of this name. */
export function findDestination(views: readonly DestinationView[], name: string): DestinationView {
  const found =
    views.find((view) => view.destination.name === name) ??
    views.find((view) => fold(view.destination.name) === fold(name));
  if (found !== undefined) return found;
  throw new UsageError(texts.unknownDestination(name, namesOf(views)));
}

/** `--to` may be left out where there is a default, or one destination besides those of the demo service. */
export function chooseDestination(snapshot: Snapshot, name: string | undefined): DestinationView {
  const { destinations, settings } = snapshot;
  if (name !== undefined) return findDestination(destinations, name);
  const preset = presetDestination(destinations, settings);
  if (preset !== null) return preset;
  throw new UsageError(texts.whichDestination(namesOf(destinations)));
}

const namesOf = (views: readonly DestinationView[]) => views.map((view) => view.destination.name);
