import type { EngineService } from '#ports/engine-service.ts';
import type { Handlers } from './dispatch.ts';

export interface TemporaryFolders {
  /** These remember which temporary folders the client has added. */
  readonly handlers: Pick<Handlers, 'addWatchFolder' | 'removeWatchFolder'>;
  /** The client is gone, and its folders go with it. */
  removeAll(): Promise<void>;
}

/**
 * A temporary watch folder (`watch --once`) lives as long as the session that added it, so that a client which dies
 * leaves nothing that is watched.
 */
export function createTemporaryFolders(service: EngineService): TemporaryFolders {
  const ids = new Set<string>();
  let isClosed = false;

  async function removeQuietly(id: string): Promise<void> {
    ids.delete(id);
    try {
      await service.removeWatchFolder(id);
    } catch {
      // Gone already, or the engine is closing: whoever opens the directory next removes it.
    }
  }

  return {
    handlers: {
      async addWatchFolder(draft) {
        const view = await service.addWatchFolder(draft);
        if (view.folder.isTemporary !== true) return view;
        ids.add(view.folder.id);
        if (isClosed) await removeQuietly(view.folder.id);
        return view;
      },
      async removeWatchFolder(id) {
        ids.delete(id);
        await service.removeWatchFolder(id);
      },
    },
    async removeAll() {
      isClosed = true;
      await Promise.all([...ids].map(removeQuietly));
    },
  };
}

/** What a process that was killed has left: for whoever becomes the owner of the directory. */
export async function removeLeftTemporaryFolders(service: EngineService): Promise<void> {
  const { folders } = await service.snapshot();
  for (const { folder } of folders)
    if (folder.isTemporary === true) await service.removeWatchFolder(folder.id);
}
