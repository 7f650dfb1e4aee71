/** Where updates come from. Pure but for one look at the disk. */
import type { existsSync } from 'node:fs';
import { join } from 'node:path';

export type UpdateFeed =
  /** `app-update.yml`, which the packager put beside the app. */
  { readonly kind: 'packaged' } | { readonly kind: 'address'; readonly url: string };

/** Null: no feed is configured, so nothing is asked for and nothing is loaded. */
export function findUpdateFeed(facts: {
  readonly isPackaged: boolean;
  readonly resourcesPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: typeof existsSync;
}): UpdateFeed | null {
  // From a source tree there is nothing that an update could replace. Built without a feed, the app stays without: whose
  // signature an update must bear stands in that file as well.
  if (!facts.isPackaged || !facts.exists(join(facts.resourcesPath, 'app-update.yml'))) return null;
  const given = facts.environment.HOIST_UPDATE_FEED;
  if (given === undefined || given === '') return { kind: 'packaged' };
  return URL.parse(given)?.protocol === 'https:' ? { kind: 'address', url: given } : null;
}
