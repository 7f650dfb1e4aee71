/** What config.json holds, parsed entry by entry: one entry that no longer parses costs nothing but itself. Pure. */
import { z } from 'zod';
import type { Notice } from '#ports/host.ts';
import { type Destination, demoDestinationNames, destinationSchema } from '#shared/destination.ts';
import { type Settings, settingsSchema } from '#shared/settings.ts';
import { type WatchFolder, watchFolderSchema } from '#shared/watch-folder.ts';
import type { Config } from './config-file.ts';
import { describeProblems, problemsOf } from './invalid.ts';
import { isSameName } from './make-destination.ts';
import { parseRemoved, type RemovedDestination } from './removed-destinations.ts';

export interface StoredConfig {
  readonly settings: Settings;
  readonly destinations: readonly Destination[];
  readonly watchFolders: readonly WatchFolder[];
  /** Ids of destinations of the demo service, which are not stored themselves. */
  readonly pausedDemos: readonly string[];
  /** As long as jobs refer to them. */
  readonly removedDestinations: readonly RemovedDestination[];
  /** Entries that do not parse, as they were, each with the list it was in and the reason. Tried again at every start. */
  readonly setAside: readonly unknown[];
  /** What another version of Hoist keeps here: written back as it was. */
  readonly unknown: { readonly config: Config; readonly settings: Config };
}

type ListName = 'settings' | 'destinations' | 'watchFolders';
interface SetAside {
  readonly list: ListName;
  readonly reason: string;
  readonly entry: unknown;
}

export function parseStoredConfig(config: Config): {
  readonly stored: StoredConfig;
  readonly notices: readonly Notice[];
} {
  const { settings, destinations, watchFolders, setAside, pausedDemos, removedDestinations, ...unknown } =
    config;
  const asideBefore: readonly unknown[] = Array.isArray(setAside) ? setAside : [];
  const readSettings = parseSettings(settings);
  const readDestinations = parseList(
    'destinations',
    [...listOf(destinations), ...entriesAside(asideBefore, 'destinations')],
    destinationSchema,
    (value, others) => others.some((other) => other.id === value.id || isSameName(other.name, value.name)),
  );
  const readFolders = parseList(
    'watchFolders',
    [...listOf(watchFolders), ...entriesAside(asideBefore, 'watchFolders')],
    watchFolderSchema,
    (value, others) => others.some((other) => other.id === value.id || other.path === value.path),
  );
  const aside = [...readSettings.aside, ...readDestinations.aside, ...readFolders.aside];
  return {
    stored: {
      settings: readSettings.settings,
      destinations: readDestinations.values,
      watchFolders: readFolders.values,
      pausedDemos: demoDestinationNames.filter(
        (name) => Array.isArray(pausedDemos) && pausedDemos.includes(name),
      ),
      removedDestinations: parseRemoved(removedDestinations),
      setAside: [...asideBefore.filter((item) => !isRetried(item)), ...aside],
      unknown: { config: unknown, settings: readSettings.unknown },
    },
    notices: aside.map(({ list, reason }) => ({
      level: 'warning',
      text: `An entry of ${list} in config.json cannot be used and was set aside: ${reason}.`,
    })),
  };
}

export function writeStoredConfig(stored: StoredConfig): Config {
  return {
    ...stored.unknown.config,
    settings: { ...stored.unknown.settings, ...stored.settings },
    destinations: stored.destinations,
    watchFolders: stored.watchFolders,
    ...(stored.pausedDemos.length === 0 ? {} : { pausedDemos: stored.pausedDemos }),
    ...(stored.removedDestinations.length === 0 ? {} : { removedDestinations: stored.removedDestinations }),
    ...(stored.setAside.length === 0 ? {} : { setAside: stored.setAside }),
  };
}

/** A list that is no list is one entry that does not parse. */
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** A setting that was set aside has its default since, or what the person chose then: it does not come back. */
const isRetried = (item: unknown): item is SetAside =>
  isObject(item) && (item.list === 'destinations' || item.list === 'watchFolders') && 'entry' in item;

const entriesAside = (aside: readonly unknown[], list: ListName): readonly unknown[] =>
  aside.flatMap((item) => (isRetried(item) && item.list === list ? [item.entry] : []));

function parseList<T>(
  list: ListName,
  entries: readonly unknown[],
  schema: z.core.$ZodType<T>,
  isTwin: (value: T, others: readonly T[]) => boolean,
): { readonly values: readonly T[]; readonly aside: readonly SetAside[] } {
  const values: T[] = [];
  const aside: SetAside[] = [];
  for (const entry of entries) {
    const parsed = z.safeParse(schema, entry);
    if (!parsed.success) {
      aside.push({ list, reason: describeProblems(problemsOf(parsed.error)), entry });
    } else if (isTwin(parsed.data, values)) {
      aside.push({ list, reason: 'There is another of the same name', entry });
    } else {
      values.push(parsed.data);
    }
  }
  return { values, aside };
}

/** Setting by setting: a bad one takes its default, the others keep their values. */
function parseSettings(value: unknown): {
  readonly settings: Settings;
  readonly unknown: Config;
  readonly aside: readonly SetAside[];
} {
  if (value !== undefined && !isObject(value)) {
    const aside: SetAside = { list: 'settings', reason: 'expected an object', entry: value };
    return { settings: settingsSchema.parse({}), unknown: {}, aside: [aside] };
  }
  const given = value ?? {};
  const aside: SetAside[] = [];
  const good: Record<string, unknown> = {};
  for (const [field, schema] of Object.entries(settingsSchema.shape)) {
    const parsed = z.safeParse(schema, given[field]);
    if (parsed.success) good[field] = parsed.data;
    else {
      const problems = problemsOf(parsed.error).map((problem) => ({ ...problem, field }));
      aside.push({ list: 'settings', reason: describeProblems(problems), entry: { [field]: given[field] } });
    }
  }
  const unknown = Object.entries(given).filter(([field]) => !Object.hasOwn(settingsSchema.shape, field));
  return { settings: settingsSchema.parse(good), unknown: Object.fromEntries(unknown), aside };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
