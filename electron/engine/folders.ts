/** Watch folders: the user's rules on one side, the watcher on the other, the queue behind both. */
import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Clock } from '#ports/clock.ts';
import type { Host } from '#ports/host.ts';
import type { Journal, WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Watcher, WatchSink } from '#ports/watcher.ts';
import type { Queue } from '#queue';
import type { SettingsStore } from '#settings';
import type { Failure } from '#shared/failure.ts';
import type { FolderPreview, WatchFolderView } from '#shared/ipc.ts';
import type { WatchFolder, WatchFolderDraft, WatchFolderHealth } from '#shared/watch-folder.ts';
import { putAway } from './after-upload.ts';
import { newJob } from './orders.ts';

export interface FolderParts {
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly host: Host;
  readonly queue: () => Queue;
  readonly watcher: () => Watcher;
  readonly readFileVersion: (path: string, options: { followSymlink: boolean }) => Promise<FileVersion>;
  readonly onHealth: () => void;
  readonly notify: (text: string) => void;
}

export interface Folders {
  readonly sink: WatchSink;
  /** Watches all remembered folders; one that cannot be watched is told and left. */
  start(): Promise<void>;
  views(): readonly WatchFolderView[];
  view(id: string): WatchFolderView;
  add(draft: WatchFolderDraft): Promise<WatchFolderView>;
  update(id: string, patch: Readonly<Record<string, unknown>>): Promise<WatchFolderView>;
  remove(id: string): Promise<void>;
  isOffline(id: string): boolean;
  /** The folder that holds this absolute path, and the path below it; null where none does. */
  owner(path: string): { readonly folder: WatchFolder; readonly relativePath: string } | null;
  /** A job was completed: its original may have to go somewhere. */
  completed(job: StoredJob): void;
  /** Resolves when no original is being put away. */
  settled(): Promise<void>;
}

export function createFolders(parts: FolderParts): Folders {
  const { settings, journal, clock } = parts;
  const offline = new Map<string, boolean>();
  let puttingAway: Promise<void> = Promise.resolve();

  const get = (id: string): WatchFolder => {
    const folder = settings.watchFolders().find((other) => other.id === id);
    if (folder === undefined) throw new UploadError('not-found', 'There is no such watch folder.');
    return folder;
  };
  /** Asked for at the moment it is shown: what is told lags behind. Before the first walk is done nothing is watched yet. */
  const healthOf = (folder: WatchFolder): WatchFolderHealth => {
    const health = parts
      .watcher()
      .health()
      .find(({ folderId }) => folderId === folder.id);
    if (health === undefined) return notScannedYet(folder);
    return health.state === 'watching' && health.lastScanAt === null
      ? { ...health, state: 'scanning' }
      : health;
  };
  const viewOf = (folder: WatchFolder): WatchFolderView => ({
    folder,
    health: healthOf(folder),
  });

  const jobFor = (folder: WatchFolder, file: WatchFile, now: number) => ({
    job: newJob({
      destinationId: folder.destinationId,
      path: join(folder.path, file.relativePath),
      file: { sizeBytes: file.sizeBytes, mtimeNs: file.mtimeNs, inode: file.inode },
      watchFolderId: folder.id,
      now,
    }),
    file,
  });

  const sink: WatchSink = {
    known: (folderId, afterPath, limit) => journal.watchFiles(folderId, afterPath, limit),
    record: (put, remove) => journal.saveWatchFiles(put, remove),
    async settled(folder, files) {
      const now = clock.now();
      const results = await parts.queue().addWatched(files.map((file) => jobFor(folder, file, now)));
      return results.map(({ job }) => job.id);
    },
    async changed(folder, file) {
      if (folder.changed === 'ignore') return null;
      const [result] = await parts.queue().addWatched([jobFor(folder, file, clock.now())]);
      return result?.job.id ?? null;
    },
    async moved(folder, from, to) {
      if (to.jobId !== null) {
        const path = join(folder.path, to.relativePath);
        await parts.queue().moved(to.jobId, path, to.relativePath.split('/').at(-1) ?? to.relativePath);
      }
      await journal.saveWatchFiles([to], [{ folderId: from.folderId, relativePath: from.relativePath }]);
    },
    healthChanged(next) {
      offline.set(next.folderId, next.state === 'offline');
      parts.onHealth();
    },
  };

  async function afterUpload(job: StoredJob): Promise<void> {
    const folder = settings.watchFolders().find((other) => other.id === job.watchFolderId);
    if (folder === undefined) return;
    try {
      const place = await putAway(job, folder, parts);
      if (place !== null && place !== 'trashed') await parts.queue().moved(job.id, place, job.name);
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
      parts.notify(`${job.name} is uploaded, but could not be put away (${why}). It stays where it is.`);
    }
  }

  return {
    sink,
    async start() {
      for (const folder of settings.watchFolders()) {
        if (folder.isTemporary === true) {
          settings.removeWatchFolder(folder.id);
          await journal.forgetFolder(folder.id);
          continue;
        }
        await parts
          .watcher()
          .watch(folder)
          .catch((error) => parts.notify(`${folder.path} is not watched: ${describe(error)}`));
      }
    },
    views: () => settings.watchFolders().map(viewOf),
    view: (id) => viewOf(get(id)),
    async add(draft) {
      // The true path, so that a file is the same file whichever way it was named.
      const path = await realpath(draft.path).catch(() => draft.path);
      const folder = settings.addWatchFolder({ ...draft, path });
      try {
        await parts.watcher().watch(folder);
      } catch (error) {
        settings.removeWatchFolder(folder.id);
        throw error;
      }
      return viewOf(folder);
    },
    async update(id, patch) {
      const before = get(id);
      const folder = settings.updateWatchFolder(id, patch);
      try {
        await parts.watcher().watch(folder);
      } catch (error) {
        settings.updateWatchFolder(id, { ...before });
        throw error;
      }
      return viewOf(folder);
    },
    async remove(id) {
      get(id);
      await parts.watcher().unwatch(id);
      settings.removeWatchFolder(id);
      await journal.forgetFolder(id);
      offline.delete(id);
      parts.onHealth();
    },
    isOffline: (id) => offline.get(id) ?? false,
    owner(path) {
      for (const folder of settings.watchFolders()) {
        const below = relative(folder.path, path);
        if (below !== '' && !below.startsWith('..') && !below.startsWith(sep)) {
          return { folder, relativePath: below.split(sep).join('/') };
        }
      }
      return null;
    },
    completed(job) {
      if (job.watchFolderId === null) return;
      puttingAway = puttingAway.then(() => afterUpload(job));
    },
    settled: () => puttingAway,
  };
}

function notScannedYet(folder: WatchFolder): WatchFolderHealth {
  return {
    folderId: folder.id,
    state: folder.isPaused ? 'paused' : 'scanning',
    reason: null,
    lastEventAt: null,
    lastScanAt: null,
    missedEvents: 0,
    unreadFolders: 0,
    seen: 0,
    baseline: 0,
    ignored: 0,
    settling: 0,
    jobs: 0,
  };
}

function describe(error: unknown): string {
  return error instanceof UploadError ? error.failure.message || error.code : 'an unexpected error';
}

/** Groups the files that break a limit by what they break, for the dry run. */
export function groupRefusals(
  refused: readonly { readonly failure: Failure; readonly path: string }[],
): FolderPreview['refused'] {
  const groups = new Map<string, { failure: Failure; files: number; example: string }>();
  for (const { failure, path } of refused) {
    const group = groups.get(failure.code);
    if (group === undefined) groups.set(failure.code, { failure, files: 1, example: path });
    else group.files += 1;
  }
  return [...groups.values()];
}
