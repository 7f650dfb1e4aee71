/** The requests that carry settings from one data directory to another. */
import { stat } from 'node:fs/promises';
import type { EngineService } from '#ports/engine-service.ts';
import { UploadError } from '#ports/upload-error.ts';
import { explainFailure } from '#shared/failure.ts';
import type { ImportReport } from '#shared/ipc.ts';
import type { WatchFolderDraft } from '#shared/watch-folder.ts';
import type { ServiceParts } from './service-parts.ts';

export function settingsRequests(
  parts: ServiceParts,
  addWatchFolder: (draft: WatchFolderDraft) => Promise<unknown>,
): Pick<EngineService, 'exportSettings' | 'importSettings'> {
  const { settings, queue } = parts;
  return {
    exportSettings: () => settings.exportText(),
    async importSettings(text): Promise<ImportReport> {
      const { added, folders, left, hasSettings } = settings.importText(text);
      parts.bandwidthChanged();
      for (const { id } of added) await queue.unblock(id);
      await queue.settingsChanged();
      const refused: ImportReport['left'][number][] = [];
      for (const folder of folders) {
        const reason = await reasonAgainst(async () => {
          // Watching would wait for it to appear: right for a drive that was unplugged, not for another computer's path.
          if (!(await isDirectory(folder.path)))
            throw new UploadError('invalid', 'There is no such folder here.');
          await addWatchFolder(folder);
        });
        if (reason !== null) refused.push({ what: `folder ${folder.path}`, reason });
      }
      return {
        destinations: added.length,
        folders: folders.length - refused.length,
        settings: hasSettings,
        left: [...left, ...refused],
      };
    },
  };
}

const isDirectory = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** A folder that cannot be watched here costs only itself. */
async function reasonAgainst(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof UploadError) return error.failure.message || explainFailure(error.failure).reason;
    throw error;
  }
}
