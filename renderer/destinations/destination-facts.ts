import type { DestinationView } from '#shared/ipc.ts';
import { parseUrl } from '#shared/parse-url.ts';
import { destinationWords as words } from '../words/destinations.ts';

/** What a destination is, by lines: as many on each card of a group, whatever their lengths. */
export function factsOf({ destination, hasKey, keyEnding }: DestinationView): readonly (readonly string[])[] {
  const { kind, isDemo, baseUrl, lanes } = destination;
  const { name } = words.kinds[kind];
  if (isDemo) return [[name, words.lanes(lanes)]];
  const host = parseUrl(baseUrl)?.host ?? baseUrl;
  const key = hasKey ? [keyEnding === null ? words.keySet : words.key(keyEnding)] : [];
  return [
    [name, host],
    [...key, words.lanes(lanes)],
  ];
}
