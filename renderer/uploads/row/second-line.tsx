import { ArrowRight } from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { useLive } from '../../live/window-context.tsx';
import { bytes } from '../../words/amounts.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { originOf, targetOf } from './row-words.ts';

/** Below so much room, in px of the 13 px type, not all of it is said. */
const roomForAll = 190;
const roomForRenewed = 300;

export interface SecondLineProps {
  readonly job: UploadJob;
  /** No column says it. */
  readonly hasSize: boolean;
  /** In px. */
  readonly room: number;
}

/** Where a file came from and where it goes, and that its link was renewed. */
export function SecondLine({ job, hasSize, room }: SecondLineProps) {
  const origin = useLive(({ folders, engine }) =>
    originOf(job, {
      folderPath: folders.find(({ folder }) => folder.id === job.watchFolderId)?.folder.path ?? null,
      dataDir: engine?.dataDir ?? '',
    }),
  );
  // A narrow list has no room for all of it: where it goes and what happened stay.
  const isCrowded = hasSize && (job.renewals > 0 || room < roomForAll);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-2">
      <span className={isCrowded ? 'sr-only' : 'max-w-1/2 truncate'}>{origin}</span>
      {!isCrowded && <ArrowRight aria-hidden size={11} className="shrink-0 text-ink-3 rtl:rotate-180" />}
      <span className="sr-only">{words.goesTo}</span>
      <span className="truncate">{targetOf(job)}</span>
      {hasSize && job.renewals === 0 && <bdi className="shrink-0 text-ink-3">{bytes(job.bytesTotal)}</bdi>}
      {job.renewals > 0 && (
        <span
          title={words.renewed(job.renewals)}
          className="shrink-0 rounded-full bg-warn-soft px-1.5 text-warn"
        >
          {room < roomForRenewed ? words.renewedInShort(job.renewals) : words.renewed(job.renewals)}
        </span>
      )}
    </span>
  );
}
