import type { UploadJob } from '#shared/job.ts';
import { useNow } from '../../live/use-now.ts';
import { classNames } from '../../ui/class-names.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { isCounting, type Mark, type Marks, type RowProgress, rowProgress } from './row-progress.ts';
import { useSurroundings } from './use-surroundings.ts';

/** A bar while bytes move, else the three stage marks and a word. */
export function ProgressCell({ job, isCompact }: { readonly job: UploadJob; readonly isCompact: boolean }) {
  const around = useSurroundings(job);
  const now = useNow(isCounting(job, around));
  const progress = rowProgress(job, around, now);
  if (progress.kind === 'bar') return <Bar progress={progress} name={job.name} isCompact={isCompact} />;
  return (
    <div className="flex min-h-5 min-w-0 items-center gap-2">
      {progress.marks !== null && <StageMarks marks={progress.marks} />}
      <span
        title={progress.text}
        className={classNames(
          'min-w-0 text-xs leading-tight text-ink-2 tabular-nums',
          isCompact ? 'truncate' : 'line-clamp-2',
        )}
      >
        {progress.text}
      </span>
    </div>
  );
}

function Bar({
  progress,
  name,
  isCompact,
}: {
  readonly progress: Extract<RowProgress, { kind: 'bar' }>;
  readonly name: string;
  readonly isCompact: boolean;
}) {
  const { percent, speed, rest, why, text } = progress;
  return (
    <div className={isCompact ? 'flex items-center gap-2' : ''}>
      <div
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={text}
        className={classNames(
          'h-1.25 overflow-hidden rounded-full bg-mute',
          isCompact ? 'w-16 shrink-0' : 'w-full',
        )}
      >
        <div
          className="h-full rounded-full bg-accent transition-[inline-size] duration-200"
          style={{ inlineSize: `${percent}%` }}
        />
      </div>
      <div
        aria-hidden
        className={classNames(
          'flex min-w-0 justify-between gap-2 text-xs whitespace-nowrap text-ink-2 tabular-nums',
          isCompact ? 'flex-1' : 'mt-1',
        )}
      >
        <bdi>{percent} %</bdi>
        <bdi title={why ?? undefined} className="truncate">
          {[isCompact ? null : speed, rest].filter((part) => part !== null).join(' · ')}
        </bdi>
      </div>
    </div>
  );
}

const markLooks: Readonly<Record<Mark, string>> = {
  done: 'bg-ok',
  now: 'bg-accent motion-safe:animate-pulse',
  bad: 'bg-bad',
  warn: 'bg-warn',
  todo: 'bg-edge/35',
};

function StageMarks({ marks }: { readonly marks: Marks }) {
  const [reserve, upload, complete] = marks;
  const said = [
    words.stageOf(words.stages.reserve, words.marks[reserve]),
    words.stageOf(words.stages.upload, words.marks[upload]),
    words.stageOf(words.stages.complete, words.marks[complete]),
  ].join(', ');
  return (
    <span role="img" aria-label={said} title={said} className="flex shrink-0 gap-1">
      <span className={classNames('h-1 w-4.5 rounded-full', markLooks[reserve])} />
      <span className={classNames('h-1 w-4.5 rounded-full', markLooks[upload])} />
      <span className={classNames('h-1 w-4.5 rounded-full', markLooks[complete])} />
    </span>
  );
}
