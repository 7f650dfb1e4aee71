import { useId, useState } from 'react';
import type { TimelineEntry, UploadJob } from '#shared/job.ts';
import { useIsGone } from '../../live/use-is-gone.ts';
import { useLive } from '../../live/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { detailsWords as words } from '../../words/details.ts';
import { shell } from '../../words/shell.ts';
import { comingSteps, currentLine } from './coming-lines.ts';
import { CurrentStep } from './current-step.tsx';
import { fold } from './fold.ts';
import { LineMarkSign } from './line-mark.tsx';
import { pastLines, type TimelineLine } from './timeline-lines.ts';

export interface TimelineCardProps {
  readonly job: UploadJob;
  readonly timeline: readonly TimelineEntry[];
}

/** What happened, what runs, and what is to come, from above. */
export function TimelineCard({ job, timeline }: TimelineCardProps) {
  const heading = useId();
  const [isOpen, setOpen] = useState(false);
  const [isTechnical, setTechnical] = useState(false);
  const lines = pastLines(timeline, job);
  const { head, hidden, tail } = fold(lines, isOpen);
  const now = currentLine(job, { waitsFor: useWaitReason(job), isGone: useIsGone() });
  // The last entry says that already.
  const current = job.state.name === 'paused' && timeline.at(-1)?.kind === 'paused' ? null : now;
  const line = (each: TimelineLine) => <PastStep key={each.key} line={each} isTechnical={isTechnical} />;
  return (
    <section aria-labelledby={heading} className="rounded-lg border border-line bg-panel px-3.5 py-3">
      <div className="mb-1.5 flex min-h-6 items-center justify-between gap-2">
        <h3 id={heading} className="m-0 text-ink-2 text-sm font-medium">
          {words.timeline}
        </h3>
        {lines.length > 0 && (
          <Button
            tone="quiet"
            aria-pressed={isTechnical}
            className="-me-3 h-6! text-xs"
            onClick={() => setTechnical(!isTechnical)}
          >
            {isTechnical ? words.hideTechnical : words.showTechnical}
          </Button>
        )}
      </div>
      <ol className="m-0 flex list-none flex-col gap-1.5 p-0">
        {head.map(line)}
        {hidden > 0 && (
          <li className="ps-5.5">
            <Button className="h-6! text-xs" onClick={() => setOpen(true)}>
              {words.showAll(lines.length)}
            </Button>
          </li>
        )}
        {tail.map(line)}
        {current !== null && <CurrentStep line={current} job={job} />}
        {comingSteps(job).map((step) => (
          <li key={step} className="flex items-center gap-2.5 text-ink-3">
            <LineMarkSign mark="next" />
            {step}
          </li>
        ))}
      </ol>
      {isOpen && (
        <Button tone="quiet" className="mt-2 h-6! text-xs" onClick={() => setOpen(false)}>
          {words.showFewer}
        </Button>
      )}
    </section>
  );
}

/** Why nothing of this destination starts in this moment. */
function useWaitReason({ state, destinationId, destinationName }: UploadJob): string | null {
  const isPaused = useLive(({ settings }) => settings?.isPaused === true);
  const hold = useLive(
    ({ destinations }) =>
      destinations.find(({ destination }) => destination.id === destinationId)?.hold ?? null,
  );
  if (state.name !== 'queued') return null;
  if (isPaused) return words.queuePaused;
  return hold === null ? null : words.holdOf(destinationName, shell.held[hold.kind]);
}

function PastStep({ line, isTechnical }: { readonly line: TimelineLine; readonly isTechnical: boolean }) {
  const { mark, title, details, aside, technical } = line;
  return (
    <li className="flex gap-2.5">
      <span className="flex h-[1.45em] shrink-0 items-center">
        <LineMarkSign mark={mark} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className={mark === 'bad' ? 'text-bad' : undefined}>{title}</span>
          {aside !== null && <bdi className="shrink-0 text-ink-3 text-xs tabular-nums">{aside}</bdi>}
        </div>
        {[...new Set(details)].map((detail) => (
          <p key={detail} className="m-0 text-ink-3 text-sm break-words">
            {detail}
          </p>
        ))}
        {isTechnical && technical !== null && (
          <p dir="ltr" className="m-0 font-mono text-[0.6875rem] text-ink-3 break-words">
            {technical}
          </p>
        )}
      </div>
    </li>
  );
}
