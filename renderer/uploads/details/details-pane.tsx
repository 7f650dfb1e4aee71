import { FileX2, RotateCw, X } from 'lucide-react';
import { type KeyboardEvent, useId, useMemo, useRef } from 'react';
import type { JobDetails } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useIsGone } from '../../live/use-is-gone.ts';
import { useLive } from '../../live/window-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MoreBelow } from '../../ui/more-below.tsx';
import { detailsWords as words } from '../../words/details.ts';
import { GoesTo, OriginSign, useOrigin } from '../row/origin.tsx';
import { targetOf } from '../row/row-words.ts';
import { currentLine } from './coming-lines.ts';
import { CopyReport } from './copy-report.tsx';
import { Artifacts, Facts } from './facts.tsx';
import { LinkBox } from './link-box.tsx';
import { Preview } from './preview.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { Trouble } from './trouble.tsx';
import { actionsOf } from './trouble-actions.ts';
import { useDetails } from './use-details.ts';
import { useFocusReturn } from './use-focus-return.ts';

export interface DetailsPaneProps {
  readonly id: JobId;
  readonly onClose: () => void;
}

/**
 * All about one file. It fills what it is put into: a column of 316 px, or a drawer. Escape closes it from wherever the
 * focus is; a focus inside goes back to where it came from.
 */
export function DetailsPane({ id, onClose }: DetailsPaneProps) {
  const ref = useRef<HTMLElement>(null);
  const heading = useId();
  useFocusReturn(ref);
  const close = useRef(onClose);
  close.current = onClose;
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'details.close',
          title: words.close,
          group: 'Window',
          keys: ['Escape'],
          run: () => close.current(),
        },
      ],
      [],
    ),
  );
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // What opened over the pane (a menu) is not inside it, and has an Escape of its own.
    const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (event.key !== 'Escape' || event.defaultPrevented || !isInside) return;
    event.preventDefault();
    onClose();
  };
  return (
    <section
      ref={ref}
      aria-labelledby={heading}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex h-full min-h-0 w-full min-w-0 flex-col overflow-y-auto bg-side outline-hidden"
    >
      <header className="sticky top-0 z-10 flex items-center justify-between gap-2 bg-side py-2 ps-4 pe-2.5">
        <h2 id={heading} className="m-0 text-ink-2 text-sm font-medium">
          {words.title}
        </h2>
        <IconButton label={words.close} icon={X} keys="Escape" onClick={onClose} />
      </header>
      <Contents key={id} id={id} />
      <MoreBelow ground="from-side" />
    </section>
  );
}

function Contents({ id }: { readonly id: JobId }) {
  const { view, askAgain } = useDetails(id);
  const isGone = useIsGone();
  switch (view.status) {
    case 'loading':
      return <p className="m-0 px-4 text-ink-3">{isGone ? words.loadingGone : words.loading}</p>;
    case 'gone':
      return <EmptyState icon={FileX2} title={words.goneTitle} text={words.goneText} />;
    case 'failed':
      return (
        <EmptyState icon={FileX2} title={words.failedTitle} text={view.reason}>
          <Button icon={RotateCw} onClick={askAgain}>
            {words.tryAgain}
          </Button>
        </EmptyState>
      );
    case 'there':
      return <Everything {...view} />;
  }
}

function Everything({ job, timeline, report }: JobDetails) {
  const hasTrouble = actionsOf(job.state, false).length > 0;
  const isStuck = job.state.name === 'failed' || job.state.name === 'blocked';
  const epoch = useLive((live) => live.epoch);
  return (
    // The room at the end is for toasts: whatever lies under one can be scrolled up.
    <div className="flex flex-col gap-3.5 px-4 pb-24">
      {/* Another file, or another engine to ask. */}
      <Preview key={`${job.generation} ${epoch}`} job={job} />
      <Names job={job} />
      {hasTrouble && <Trouble job={job} report={report} />}
      <TimelineCard job={job} timeline={timeline} />
      <LinkBox job={job} />
      {job.state.name === 'completed' && <Artifacts artifacts={job.state.asset.artifacts} />}
      <Facts job={job} />
      {!isStuck && (
        <div>
          <CopyReport report={report} isOfTrouble={false} />
        </div>
      )}
      <Spoken job={job} />
    </div>
  );
}

function Names({ job }: { readonly job: UploadJob }) {
  const from = useOrigin(job);
  return (
    <div>
      <h3 className="m-0 text-lg font-semibold break-words">{job.name}</h3>
      <p className="mt-0.5 mb-0 flex flex-wrap items-center gap-x-1 text-ink-2 text-sm">
        {from.isFolder && <OriginSign origin={from} size={13} />}
        <span className="break-words">{from.text}</span>
        <GoesTo size={13} />
        <span className="break-words">{targetOf(job)}</span>
      </p>
    </div>
  );
}

/** Only stages and ends are spoken, never bytes. */
function Spoken({ job }: { readonly job: UploadJob }) {
  return (
    <p role="status" className="sr-only">
      {currentLine(job, { waitsFor: null, isGone: false })?.stage ?? words.ends[endOf(job)]}
    </p>
  );
}

const endOf = ({ state: { name } }: UploadJob): keyof typeof words.ends =>
  name === 'completed' || name === 'failed' || name === 'canceled' ? name : 'blocked';
