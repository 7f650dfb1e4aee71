import type { UploadJob } from '#shared/job.ts';
import { classNames } from '../../ui/class-names.ts';
import { bytes } from '../../words/amounts.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { smallTextWidth } from '../list/text-width.ts';
import { fitSecondLine } from './fit-second-line.ts';
import { GoesTo, OriginSign, useOrigin } from './origin.tsx';
import { targetOf } from './row-words.ts';

export interface SecondLineProps {
  readonly job: UploadJob;
  /** No column says it. */
  readonly hasSize: boolean;
  /** In px. */
  readonly room: number;
}

/** Where a file came from and where it goes, and that its link was renewed. */
export function SecondLine({ job, hasSize, room }: SecondLineProps) {
  const origin = useOrigin(job);
  const target = targetOf(job);
  const size = hasSize ? bytes(job.bytesTotal) : null;
  const { renewals } = job;
  const fit = fitSecondLine(
    {
      origin: origin.text,
      isFolder: origin.isFolder,
      target,
      size,
      renewed:
        renewals === 0 ? null : { long: words.renewed(renewals), short: words.renewedInShort(renewals) },
    },
    room,
    smallTextWidth,
  );
  const hasOrigin = fit.originLeast !== null;
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-2">
      {fit.hasSign && <OriginSign origin={origin} size={11} />}
      <span
        title={origin.whole}
        // It is cut before where the file goes is.
        className={hasOrigin ? 'shrink-[100] truncate' : 'sr-only'}
        style={{ minInlineSize: fit.originLeast ?? undefined }}
      >
        {origin.text}
      </span>
      {hasOrigin ? <GoesTo size={11} className="-mx-0.5" /> : <span className="sr-only">{words.goesTo}</span>}
      <span title={target} className="min-w-0 truncate">
        {target}
      </span>
      {fit.hasSize && <bdi className="shrink-0 text-ink-3">{size}</bdi>}
      {fit.renewed !== null && (
        <span
          title={words.renewedWhy(renewals)}
          className={classNames(
            'shrink-0 rounded-full px-1.5',
            // What is ready needs no look.
            job.state.name === 'completed' ? 'bg-mute text-ink-2' : 'bg-warn-soft text-warn',
          )}
        >
          {fit.renewed}
        </span>
      )}
    </span>
  );
}
