/** What becomes of an exported text in a data directory that has destinations of its own already. Pure but for new ids. */
import { UploadError } from '#ports/upload-error.ts';
import {
  type Destination,
  demoDestinationNames,
  destinationSchema,
  type ProviderKind,
} from '#shared/destination.ts';
import { type Settings, settingsSchema } from '#shared/settings.ts';
import { type WatchFolderDraft, watchFolderSchema } from '#shared/watch-folder.ts';
import { describeProblems, problemsOf } from './invalid.ts';
import { isSameName, makeDestination } from './make-destination.ts';
import { carriedSettings, readSettingsText } from './settings-text.ts';
import type { StoredConfig } from './stored-config.ts';

export interface LeftEntry {
  readonly what: string;
  readonly reason: string;
}

export interface ImportPlan {
  readonly settings: Settings;
  readonly hasSettings: boolean;
  /** New ones, under ids of this directory. */
  readonly added: readonly Destination[];
  /** Not stored yet: whether a folder can be watched is for the engine to find out. */
  readonly folders: readonly WatchFolderDraft[];
  readonly left: readonly LeftEntry[];
}

/**
 * Throws UploadError `invalid` for junk. Destinations that are there stay as they are, and what refers to one of the
 * same name and kind refers to them. Folders begin anew: what is in them now is left alone.
 */
export function planImport(
  text: string,
  stored: StoredConfig,
  idFor: (wanted: { name: string; kind: ProviderKind }, taken: readonly Destination[]) => string,
): ImportPlan {
  const content = readSettingsText(text);
  const left: LeftEntry[] = [];
  const added: Destination[] = [];
  const here = new Map<string, string>(demoDestinationNames.map((name) => [name, name]));

  for (const [index, entry] of content.destinations.entries()) {
    const what = `destination ${labelOf(entry, 'name') ?? index + 1}`;
    const parsed = destinationSchema.safeParse(entry);
    if (!parsed.success) {
      left.push({ what, reason: describeProblems(problemsOf(parsed.error)) });
      continue;
    }
    const { id, isDemo, ...draft } = parsed.data;
    if (isDemo) {
      left.push({ what, reason: 'The demo service has its own destinations.' });
      continue;
    }
    const all = [...stored.destinations, ...added];
    const twin = all.find(({ name }) => isSameName(name, draft.name));
    if (twin !== undefined) {
      if (twin.kind === draft.kind) here.set(id, twin.id);
      left.push({ what, reason: 'There is a destination of this name already; it stays as it is.' });
      continue;
    }
    try {
      const destination = makeDestination(draft, idFor(draft, all), all);
      added.push(destination);
      here.set(id, destination.id);
    } catch (error) {
      left.push({ what, reason: reasonOf(error) });
    }
  }

  const folders = content.watchFolders.flatMap((entry, index): readonly WatchFolderDraft[] => {
    const what = `folder ${labelOf(entry, 'path') ?? index + 1}`;
    const parsed = watchFolderSchema.safeParse(entry);
    if (!parsed.success) {
      left.push({ what, reason: describeProblems(problemsOf(parsed.error)) });
      return [];
    }
    const { id: _id, addedAt: _addedAt, isTemporary: _isTemporary, ...folder } = parsed.data;
    const destinationId = here.get(folder.destinationId);
    if (destinationId === undefined) {
      left.push({ what, reason: 'Its destination is not here.' });
      return [];
    }
    return [{ ...folder, destinationId, existing: 'baseline' }];
  });

  const { settings, hasSettings } = mergeCarried(content.settings, stored.settings, here, left);
  return { settings, hasSettings, added, folders, left };
}

/** Setting by setting, so that one of another version costs only itself. */
function mergeCarried(
  given: Readonly<Record<string, unknown>>,
  before: Settings,
  here: ReadonlyMap<string, string>,
  left: LeftEntry[],
): { readonly settings: Settings; readonly hasSettings: boolean } {
  const taken: Record<string, unknown> = {};
  for (const [field, schema] of Object.entries(settingsSchema.shape)) {
    if (!carriedSettings.includes(field) || !Object.hasOwn(given, field)) continue;
    const parsed = schema.safeParse(given[field]);
    if (parsed.success) taken[field] = parsed.data;
    else left.push({ what: `setting ${field}`, reason: describeProblems(problemsOf(parsed.error)) });
  }
  const wanted = taken.defaultDestinationId;
  if (typeof wanted === 'string') {
    const id = here.get(wanted);
    if (id === undefined) {
      delete taken.defaultDestinationId;
      left.push({ what: 'setting defaultDestinationId', reason: 'This destination is not here.' });
    } else taken.defaultDestinationId = id;
  }
  return {
    settings: settingsSchema.parse({ ...before, ...taken }),
    hasSettings: Object.keys(taken).length > 0,
  };
}

/** A name that a person knows the entry by; null where there is none that could be shown. */
function labelOf(entry: unknown, field: 'name' | 'path'): string | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const value = (entry as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;
}

const reasonOf = (error: unknown): string => {
  if (error instanceof UploadError) return error.failure.message;
  throw error;
};
