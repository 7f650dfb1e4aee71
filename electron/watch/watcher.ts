import { realpathSync } from 'node:fs';
import type { Clock, Random } from '#ports/clock.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { WalkedFile, WalkRules, Watcher, WatchSink } from '#ports/watcher.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { probeRoot, ruleSourceOf } from './folder-root.ts';
import type { FolderSurroundings } from './folder-state.ts';
import { compileRules, type IgnoreRules } from './ignore-rules.ts';
import type { HintCalls, WalkCalls } from './protocol.ts';
import { refusalOf } from './refusal.ts';
import { WatchedFolder } from './watched-folder.ts';
import { WorkerClient } from './worker-client.ts';

const treePage = 500;

export interface WatcherOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly sink: WatchSink;
  /** Hoist's own data: never watched, never walked. */
  readonly dataDir: string;
  readonly homeDir: string;
}

/**
 * Watches folders. Events are hints and walks are the truth, each in a worker thread; files that have settled are offered
 * to the sink. Starts its threads with the first folder, or the first tree that is walked.
 */
export function createWatcher(options: WatcherOptions): Watcher {
  const folders = new Map<string, WatchedFolder>();
  const own = new Map<string, WorkerClient<WalkCalls>>();
  const ruleCache = new WeakMap<WatchFolder, IgnoreRules>();
  const dataDir = realOrSame(options.dataDir);
  const homeDir = realOrSame(options.homeDir);
  const shared = createWalker(() => [...folders].filter(([id]) => !own.has(id)).map(([, folder]) => folder));
  const hints = new WorkerClient<HintCalls>(workerFile('hint-worker'), {
    onEvent: (event) => folders.get(event.folderId)?.hear(event),
    onExit: () => {
      for (const folder of folders.values()) folder.hintsEnded();
    },
  });

  function createWalker(served: () => readonly WatchedFolder[]): WorkerClient<WalkCalls> {
    return new WorkerClient(workerFile('walk-worker'), {
      onEvent: () => {},
      onExit: () => {
        for (const folder of served()) folder.walkerEnded();
      },
    });
  }

  function walker(folderId: string, isNetwork: boolean): WorkerClient<WalkCalls> {
    if (!isNetwork) {
      void own.get(folderId)?.close();
      own.delete(folderId);
      return shared;
    }
    const known = own.get(folderId);
    if (known !== undefined) return known;
    const created = createWalker(() => [folders.get(folderId)].filter((folder) => folder !== undefined));
    own.set(folderId, created);
    return created;
  }

  function refusal(folderId: string, path: string): string | null {
    const watched = [...folders].filter(([id]) => id !== folderId).map(([, folder]) => folder.path);
    return refusalOf({ path, homeDir, dataDir, watched });
  }

  const around: FolderSurroundings = { ...options, dataDir, walker, hints, refusal };

  /** Rejects for a folder that must not be watched; answers its real path, or null while it is not there. */
  async function admit(folderId: string, path: string): Promise<string | null> {
    const root = await probeRoot(path);
    if (root.state === 'not-a-folder') throw refuse(path, 'It is not a folder.');
    const reason = refusal(folderId, root.state === 'there' ? root.path : path);
    if (reason !== null) throw refuse(path, reason);
    return root.state === 'there' ? root.path : null;
  }

  function find(folderId: string): WatchedFolder {
    const folder = folders.get(folderId);
    if (folder === undefined) throw new UploadError('not-found', 'There is no such watch folder.');
    return folder;
  }

  async function unwatch(folderId: string): Promise<void> {
    const folder = folders.get(folderId);
    folders.delete(folderId);
    // First the worker of a network drive: it may hang in a call, and nothing may wait for it.
    await own.get(folderId)?.close();
    own.delete(folderId);
    await folder?.close();
  }

  return {
    async watch(folder) {
      await admit(folder.id, folder.path);
      const known = folders.get(folder.id);
      if (known !== undefined && known.folder.path === folder.path) return known.update(folder);
      await unwatch(folder.id);
      const watched = new WatchedFolder(folder, around);
      folders.set(folder.id, watched);
      await watched.start();
    },
    unwatch,
    scan: async (folderId) => find(folderId).scan(),
    idle: async (folderId) => find(folderId).idle(),
    health: () => [...folders.values()].map((folder) => folder.health.current()),
    settling: () =>
      [...folders.values()].flatMap((folder) =>
        folder
          .settling()
          .map(({ file, bytesPerSecond, since, reason }) => ({ ...file, bytesPerSecond, since, reason }))
          .toArray(),
      ),
    sendNow: async (folderId, relativePath) => find(folderId).sendNow(relativePath),
    async preview(folder, editedId) {
      const root = await admit(editedId ?? '', folder.path);
      if (root === null) throw refuse(folder.path, 'There is no such folder.');
      return shared.call('preview', root, ruleSourceOf(folder, root, dataDir));
    },
    ruleFor(folder, relativePath, sizeBytes) {
      const root = folders.get(folder.id)?.path ?? folder.path;
      const rules = ruleCache.get(folder) ?? compileRules(ruleSourceOf(folder, root, dataDir));
      ruleCache.set(folder, rules);
      return rules.ofPath(relativePath, sizeBytes);
    },
    walk,
    reconcileAll() {
      for (const folder of folders.values()) folder.reconcileSoon();
    },
    async close() {
      const all = [...folders.values()];
      folders.clear();
      await Promise.all([...own.values()].map((worker) => worker.close()));
      await Promise.all(all.map((folder) => folder.close()));
      await Promise.all([shared.close(), hints.close()]);
    },
  };

  async function* walk(
    directory: string,
    rules: WalkRules,
    onIgnored?: (file: { readonly path: string; readonly rule: string }) => void,
    onUnread?: (path: string) => void,
  ): AsyncGenerator<WalkedFile, void, undefined> {
    const root = await probeRoot(directory);
    if (root.state !== 'there') {
      const facts = { facts: { path: directory } };
      throw root.state === 'away'
        ? new UploadError('file-missing', root.reason, facts)
        : new UploadError('invalid', 'It is not a folder.', facts);
    }
    const tree = await shared.call('openTree', root.path, ruleSourceOf(rules, root.path, dataDir));
    try {
      for (;;) {
        const items = await shared.call('nextOfTree', tree, treePage);
        if (items.length === 0) return;
        for (const item of items) {
          if (item.kind === 'file') yield item;
          else if (item.kind === 'ignored') onIgnored?.({ path: item.path, rule: item.rule });
          else onUnread?.(item.path);
        }
      }
    } finally {
      await shared.call('closeTree', tree);
    }
  }
}

/** The code runs from a checkout, and as a bundle in which all worker files lie in one folder. */
function workerFile(name: 'hint-worker' | 'walk-worker'): URL {
  return name === 'hint-worker'
    ? new URL(import.meta.url.endsWith('.ts') ? './hint-worker.ts' : './hint-worker.js', import.meta.url)
    : new URL(import.meta.url.endsWith('.ts') ? './walk-worker.ts' : './walk-worker.js', import.meta.url);
}

function refuse(path: string, message: string): UploadError {
  return new UploadError('folder-refused', message, { facts: { path } });
}

function realOrSame(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
