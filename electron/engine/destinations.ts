/** All destinations an engine knows: the user's own and the four of the demo service. */

import type { DemoAddress } from '#demo';
import type { ProviderRegistry } from '#ports/provider.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { ResolvedDestination } from '#queue';
import type { SettingsStore } from '#settings';
import { type Destination, defaultBaseUrl, needsKey, providerKinds } from '#shared/destination.ts';
import type { DestinationHold, DestinationView, KindDescription } from '#shared/ipc.ts';
import { type DemoHost, demoDestinations } from './demo-host.ts';

export interface Destinations {
  list(): readonly Destination[];
  /** By id, or by name in any case. */
  find(idOrName: string): Destination | null;
  /** The same; throws `not-found` with the names there are. */
  get(idOrName: string): Destination;
  /** Name and kind by id, also of one that was removed while jobs were for it. */
  known(id: string): Pick<Destination, 'name' | 'kind'> | null;
  /** With its credential; starts the demo service where it belongs to it. */
  resolve(id: string): Promise<ResolvedDestination | null>;
  view(destination: Destination, hold: Omit<DestinationHold, 'destinationId'> | null): DestinationView;
}

export function createDestinations(
  settings: SettingsStore,
  demo: DemoHost,
  providers: ProviderRegistry,
): Destinations {
  const isPaused = (id: string) => settings.pausedDemos().includes(id);
  const demos = (address: DemoAddress | null) =>
    demoDestinations(address).map((each) => ({ ...each, isPaused: isPaused(each.id) }));
  const list = () => [...settings.destinations(), ...demos(demo.address)];
  /** The user's own by id, made anew when the settings have another list. */
  let own: { readonly of: readonly Destination[]; readonly byId: ReadonlyMap<string, Destination> } | null =
    null;
  const findOwn = (id: string) => {
    const of = settings.destinations();
    if (own?.of !== of) own = { of, byId: new Map(of.map((each) => [each.id, each])) };
    return own.byId.get(id);
  };
  const find = (idOrName: string) => {
    // First without a list: the queue asks this hundreds of times for each file.
    const known = findOwn(idOrName);
    if (known !== undefined) return known;
    const wanted = idOrName.toLocaleLowerCase('en');
    const all = list();
    return (
      all.find(({ id }) => id === idOrName) ??
      all.find(({ name }) => name.toLocaleLowerCase('en') === wanted) ??
      null
    );
  };
  return {
    list,
    find,
    get(idOrName) {
      const found = find(idOrName);
      if (found !== null) return found;
      const names = list().map(({ name }) => name);
      throw new UploadError(
        'not-found',
        `There is no destination called ${idOrName}. There are: ${names.join(', ')}.`,
      );
    },
    known: (id) =>
      findOwn(id) ??
      list().find((each) => each.id === id) ??
      settings.removedDestinations().find((each) => each.id === id) ??
      null,
    async resolve(id) {
      const destination = find(id);
      if (destination === null) return null;
      if (!destination.isDemo) return { destination, credential: settings.credential(destination.id) };
      const address = await demo.open();
      const current = demos(address).find((other) => other.id === destination.id);
      return current === undefined ? null : { destination: current, credential: address[current.kind].key };
    },
    view(destination, hold) {
      return {
        destination,
        hasKey: destination.isDemo || !needsKey[destination.kind] || settings.hasKey(destination.id),
        keyEnding: destination.isDemo ? null : settings.keyEnding(destination.id),
        hold: hold === null ? null : { destinationId: destination.id, ...hold },
        mimeTypes: providers[destination.kind].knownTypes?.(destination) ?? null,
      };
    },
  };
}

/** The providers' own limits; that nothing has fewer than 0 bytes is none. */
export function describeKinds(providers: ProviderRegistry): readonly KindDescription[] {
  return providerKinds.map((kind) => {
    const { minBytes, maxBytes, types } = providers[kind].documentedLimits;
    return {
      kind,
      needsKey: needsKey[kind],
      baseUrl: defaultBaseUrl[kind],
      limits: { minBytes: minBytes === 0 ? null : minBytes, maxBytes, mimeTypes: types },
    };
  });
}
