import { useEffect, useState } from 'react';
import type { Api, FolderPreview } from '#shared/ipc.ts';
import type { GivenFile } from '#shared/window-host.ts';
import { useWindow } from '../../live/window-context.tsx';
import type { Refusal } from './refusals.ts';

/** What the engine finds in folders that it walks itself. */
export interface FolderCount {
  readonly files: number;
  readonly bytes: number;
  readonly leftOut: number;
  readonly refusals: readonly Refusal[];
  /** Folders of which it could not tell; they can be given all the same. */
  readonly uncounted: number;
}

export const noFolders: FolderCount = { files: 0, bytes: 0, leftOut: 0, refusals: [], uncounted: 0 };

/** Counted anew for another destination, which may refuse other files. Null: it is still counting. */
export function useFolderPreviews(folders: readonly GivenFile[], destinationId: string): FolderCount | null {
  const { api } = useWindow();
  const [counted, setCounted] = useState<{ readonly for: string; readonly count: FolderCount } | null>(null);
  useEffect(() => {
    if (folders.length === 0) return;
    let isGone = false;
    void countFolders(api, folders, destinationId).then((count) => {
      if (!isGone) setCounted({ for: destinationId, count });
    });
    return () => {
      isGone = true;
    };
  }, [api, folders, destinationId]);
  if (folders.length === 0) return noFolders;
  return counted?.for === destinationId ? counted.count : null;
}

/** Never rejects. */
export async function countFolders(
  api: Pick<Api, 'previewWatchFolder'>,
  folders: readonly GivenFile[],
  destinationId: string,
): Promise<FolderCount> {
  const previews = await Promise.all(
    folders.map(({ path }) => api.previewWatchFolder({ path, destinationId }, null).catch(() => null)),
  );
  return previews.reduce<FolderCount>(addPreview, noFolders);
}

const addPreview = (sum: FolderCount, preview: FolderPreview | null): FolderCount =>
  preview === null
    ? { ...sum, uncounted: sum.uncounted + 1 }
    : {
        files: sum.files + preview.files,
        bytes: sum.bytes + preview.bytes,
        leftOut: sum.leftOut + preview.ignoredFiles,
        refusals: [...sum.refusals, ...preview.refused],
        uncounted: sum.uncounted,
      };
