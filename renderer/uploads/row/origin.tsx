import { ArrowRight, Eye, Folder } from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { useLive } from '../../live/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { type JobOrigin, originOf } from './row-words.ts';

export function useOrigin(job: UploadJob): JobOrigin {
  const folderPath = useLive(
    ({ folders }) => folders.find(({ folder }) => folder.id === job.watchFolderId)?.folder.path ?? null,
  );
  const dataDir = useLive(({ engine }) => engine?.dataDir ?? '');
  return originOf(job, { folderPath, dataDir });
}

/** A folder has a sign, so that its name is not read as a word of ours; one that is watched has another. */
export function OriginSign({ origin, size }: { readonly origin: JobOrigin; readonly size: number }) {
  const Sign = origin.isWatched ? Eye : Folder;
  return <Sign aria-hidden size={size} className="shrink-0 text-ink-3" />;
}

export function GoesTo({ size, className }: { readonly size: number; readonly className?: string }) {
  return (
    <>
      <ArrowRight
        aria-hidden
        size={size}
        className={classNames('shrink-0 text-ink-3 rtl:rotate-180', className)}
      />
      <span className="sr-only">{words.goesTo}</span>
    </>
  );
}
