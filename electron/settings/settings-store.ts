/** Settings, destinations and watch folders of one data directory: checked, saved, then told. */
import type { Clock } from '#ports/clock.ts';
import type { Notice } from '#ports/host.ts';
import type { Sealer } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import { type Destination, type DestinationDraft, needsKey } from '#shared/destination.ts';
import type { Settings, SettingsPatch } from '#shared/settings.ts';
import type { WatchFolder, WatchFolderDraft } from '#shared/watch-folder.ts';
import type { Fields } from './apply-patch.ts';
import type { ConfigFile } from './config-file.ts';
import type { Credentials } from './credentials.ts';
import { InvalidFields, type Problem } from './invalid.ts';
import { checkKey, endingOf } from './key-text.ts';
import { makeDestination, patchDestination } from './make-destination.ts';
import { makeWatchFolder, patchWatchFolder } from './make-watch-folder.ts';
import { mergeSettings } from './merge-settings.ts';
import { newId } from './new-id.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import { continuedBy, type RemovedDestination, withRemoved } from './removed-destinations.ts';
import { writeSettingsText } from './settings-text.ts';
import { type StoredConfig, writeStoredConfig } from './stored-config.ts';

export type SettingsChange = 'settings' | 'destinations' | 'folders';

/**
 * Every method that changes something has it on disk when it returns, and throws UploadError otherwise, with memory and
 * disk as before: `invalid` (a clause per field), `not-found`, `disk-full`, `internal` (no right to write…).
 */
export interface SettingsStore {
  /** What was found damaged, restored, set aside or closed at the start; empty where all was well. */
  readonly report: readonly Notice[];
  readonly sealer: Sealer;

  settings(): Settings;
  /** What it does not name stays, in groups too. Whether a default destination exists is for the caller to know. */
  updateSettings(patch: SettingsPatch): Settings;

  /** In the order they were added. Those of the demo service are not among them. */
  destinations(): readonly Destination[];
  /** What a draft would become, or what speaks against it. Changes nothing. */
  checkDestination(draft: Fields): Destination | readonly Problem[];
  /** One of the name and kind of a removed one takes its id, so that the jobs of that one are its own. */
  addDestination(draft: DestinationDraft, key: string | null): Destination;
  /** What `addDestination` (or, with an id, a change) would store, and the key as it would be sent; nothing is stored. */
  tryDestination(
    draft: DestinationDraft,
    key: string | null,
    existingId: string | null,
  ): { readonly destination: Destination; readonly key: string | null };
  /** `null` takes an optional field away. A base URL of another origin leaves the key behind: it must be entered again. */
  updateDestination(id: string, patch: Fields): Destination;
  /** Its key goes with it, its name and kind stay. Refused (`invalid`) while watch folders send to it. */
  removeDestination(id: string): void;
  removedDestinations(): readonly RemovedDestination[];
  /** No job refers to it any more. */
  forgetRemoved(id: string): void;
  /** Those of the demo service are not stored; that they are paused is. */
  pausedDemos(): readonly string[];
  setDemoPaused(id: string, isPaused: boolean): void;
  setKey(id: string, key: string): void;
  hasKey(id: string): boolean;
  /** The last four characters, for telling two keys apart; null for a short key, or none. */
  keyEnding(id: string): string | null;
  /** For the api client only. Null where there is no key, or none that opens here, or one for another origin. */
  credential(id: string): string | null;

  watchFolders(): readonly WatchFolder[];
  addWatchFolder(draft: WatchFolderDraft): WatchFolder;
  updateWatchFolder(id: string, patch: Fields): WatchFolder;
  removeWatchFolder(id: string): void;

  /** Settings, destinations without their keys, and watch folders, as JSON for `importText`. */
  exportText(): string;
  /** Takes settings and destinations; the folders are for the caller to add. Throws `invalid` for junk. */
  importText(text: string): Omit<ImportPlan, 'settings'>;

  /** Told after the change is on disk. Returns its undo. */
  onChange(listener: (change: SettingsChange) => void): () => void;
}

export function createSettingsStore(options: {
  readonly stored: StoredConfig;
  readonly file: ConfigFile;
  readonly credentials: Credentials;
  readonly sealer: Sealer;
  readonly report: readonly Notice[];
  readonly clock: Clock;
}): SettingsStore {
  const { file, credentials, clock } = options;
  const listeners = new Set<(change: SettingsChange) => void>();
  let stored = options.stored;

  const save = (patch: Partial<StoredConfig>): void => {
    const next = { ...stored, ...patch };
    file.save(writeStoredConfig(next));
    stored = next;
  };
  const tell = (change: SettingsChange): void => {
    for (const listener of [...listeners]) listener(change);
  };
  /** Two files: where the second cannot be saved, the first goes back. */
  const saveWithKey = (owner: Destination, key: string | null, patch: Partial<StoredConfig>): void => {
    const undo = credentials.write(owner, key);
    try {
      save(patch);
    } catch (error) {
      attempt(undo);
      throw error;
    }
  };
  const idFor = (draft: { readonly name: string; readonly kind: string }, taken: readonly Destination[]) =>
    continuedBy(stored.removedDestinations, draft)?.id ?? newId([...taken, ...stored.removedDestinations]);
  const withDestinations = (added: readonly Destination[]) => ({
    destinations: [...stored.destinations, ...added],
    removedDestinations: stored.removedDestinations.filter(({ id }) =>
      added.every((other) => other.id !== id),
    ),
  });
  const keyOf = (id: string): string | null => {
    const owner = stored.destinations.find((destination) => destination.id === id);
    return owner === undefined ? null : credentials.read(owner);
  };

  return {
    report: options.report,
    sealer: options.sealer,

    settings: () => stored.settings,
    updateSettings(patch) {
      save({ settings: mergeSettings(stored.settings, patch) });
      tell('settings');
      return stored.settings;
    },

    destinations: () => stored.destinations,
    checkDestination(draft) {
      try {
        return makeDestination(draft, newId(stored.destinations), stored.destinations);
      } catch (error) {
        if (error instanceof InvalidFields) return error.problems;
        throw error;
      }
    },
    addDestination(draft, key) {
      const destination = makeDestination(draft, idFor(draft, stored.destinations), stored.destinations);
      const patch = withDestinations([destination]);
      if (key === null) save(patch);
      else saveWithKey(destination, keyFor(destination, key), patch);
      tell('destinations');
      return destination;
    },
    tryDestination(draft, key, existingId) {
      const others = stored.destinations.filter(({ id }) => id !== existingId);
      const destination = makeDestination(draft, newId(stored.destinations), others);
      return { destination, key: key === null ? null : checkKey(keyFor(destination, key)) };
    },
    updateDestination(id, patch) {
      const before = find(stored.destinations, id, 'destination');
      const destination = patchDestination(before, patch, stored.destinations);
      save({ destinations: replace(stored.destinations, destination) });
      tell('destinations');
      return destination;
    },
    removeDestination(id) {
      const destination = find(stored.destinations, id, 'destination');
      const folders = stored.watchFolders.filter((folder) => folder.destinationId === id);
      if (folders.length > 0) throw new UploadError('invalid', stillWatched(folders));
      const { settings } = stored;
      const isDefault = settings.defaultDestinationId === id;
      saveWithKey(destination, null, {
        destinations: stored.destinations.filter((other) => other.id !== id),
        removedDestinations: withRemoved(stored.removedDestinations, destination),
        ...(isDefault ? { settings: { ...settings, defaultDestinationId: null } } : {}),
      });
      if (isDefault) tell('settings');
      tell('destinations');
    },
    removedDestinations: () => stored.removedDestinations,
    forgetRemoved(id) {
      save({ removedDestinations: stored.removedDestinations.filter((removed) => removed.id !== id) });
    },
    pausedDemos: () => stored.pausedDemos,
    setDemoPaused(id, isPaused) {
      const others = stored.pausedDemos.filter((other) => other !== id);
      save({ pausedDemos: isPaused ? [...others, id] : others });
      tell('destinations');
    },
    setKey(id, key) {
      const destination = find(stored.destinations, id, 'destination');
      credentials.write(destination, keyFor(destination, key));
      tell('destinations');
    },
    hasKey: (id) => keyOf(id) !== null,
    keyEnding(id) {
      const key = keyOf(id);
      return key === null ? null : endingOf(key);
    },
    credential: keyOf,

    watchFolders: () => stored.watchFolders,
    addWatchFolder(draft) {
      const identity = { id: newId(stored.watchFolders), addedAt: clock.now() };
      const folder = makeWatchFolder(draft, identity, stored.watchFolders);
      save({ watchFolders: [...stored.watchFolders, folder] });
      tell('folders');
      return folder;
    },
    updateWatchFolder(id, patch) {
      const before = find(stored.watchFolders, id, 'watch folder');
      const folder = patchWatchFolder(before, patch, stored.watchFolders);
      save({ watchFolders: replace(stored.watchFolders, folder) });
      tell('folders');
      return folder;
    },
    removeWatchFolder(id) {
      find(stored.watchFolders, id, 'watch folder');
      save({ watchFolders: stored.watchFolders.filter((folder) => folder.id !== id) });
      tell('folders');
    },

    exportText: () => writeSettingsText(stored),
    importText(text) {
      const { settings, ...plan } = planImport(text, stored, idFor);
      save({ settings, ...withDestinations(plan.added) });
      if (plan.added.length > 0) tell('destinations');
      if (plan.hasSettings) tell('settings');
      return plan;
    },

    onChange(listener) {
      const own = (change: SettingsChange) => listener(change);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

/** What the caller must hear is why the change failed, not why its undo did. */
function attempt(undo: () => void): void {
  try {
    undo();
  } catch {
    // A key without its destination is never used, and one that went before its destination is asked for again.
  }
}

function keyFor(destination: Destination, key: string): string {
  if (needsKey[destination.kind]) return key;
  throw new UploadError('invalid', 'key: Pupload takes no key.');
}

function stillWatched(folders: readonly WatchFolder[]): string {
  const paths = folders.map((folder) => folder.path).join(', ');
  return `Watch folders still send to it (${paths}). Remove them, or give them another destination.`;
}

function find<T extends { readonly id: string }>(list: readonly T[], id: string, what: string): T {
  const found = list.find((entry) => entry.id === id);
  if (found === undefined) throw new UploadError('not-found', `There is no such ${what}.`);
  return found;
}

const replace = <T extends { readonly id: string }>(list: readonly T[], entry: T): readonly T[] =>
  list.map((other) => (other.id === entry.id ? entry : other));
