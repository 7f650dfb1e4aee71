import { useMemo } from 'react';
import type { UploadJob } from '#shared/job.ts';
import { useIsGone } from '../../live/use-is-gone.ts';
import { useLive } from '../../live/window-context.tsx';
import type { Surroundings } from './row-progress.ts';

/** What a job waits for, beside itself; the same object while it says the same. */
export function useSurroundings({ destinationId, watchFolderId }: UploadJob): Surroundings {
  const isQueuePaused = useLive(({ settings }) => settings?.isPaused ?? false);
  const isEngineGone = useIsGone();
  const hold = useLive(
    ({ destinations }) =>
      destinations.find(({ destination }) => destination.id === destinationId)?.hold ?? null,
  );
  const isFolderGone = useLive(
    ({ folders }) => folders.find(({ folder }) => folder.id === watchFolderId)?.health.state === 'offline',
  );
  return useMemo(
    () => ({ isQueuePaused, isEngineGone, hold, isFolderGone }),
    [isQueuePaused, isEngineGone, hold, isFolderGone],
  );
}
