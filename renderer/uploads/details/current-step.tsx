import type { UploadJob } from '#shared/job.ts';
import { useNow } from '../../live/use-now.ts';
import { countdown } from '../../words/amounts.ts';
import { detailsWords as words } from '../../words/details.ts';
import type { CurrentLine } from './coming-lines.ts';
import { LineMarkSign } from './line-mark.tsx';
import { SpeedChart } from './speed-chart.tsx';

/** What runs now, with its bytes; its stage alone is spoken when it changes. */
export function CurrentStep({ line, job }: { readonly line: CurrentLine; readonly job: UploadJob }) {
  const { mark, stage, title, aside, share, until } = line;
  return (
    <li aria-current="step" className="flex gap-2.5">
      <span className="flex h-[1.45em] shrink-0 items-center">
        <LineMarkSign mark={mark} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="font-medium">
            {title} {until !== null && <Countdown until={until} />}
          </span>
          {aside !== null && <bdi className="shrink-0 text-ink-3 text-xs tabular-nums">{aside}</bdi>}
        </div>
        {share !== null && <Progress share={share} label={stage} amount={title} />}
        {share !== null && <SpeedChart bytesPerSecond={job.bytesPerSecond} />}
      </div>
    </li>
  );
}

function Countdown({ until }: { readonly until: number }) {
  const now = useNow();
  return <span className="tabular-nums">{countdown(until - now)}</span>;
}

function Progress({
  share,
  label,
  amount,
}: {
  readonly share: number;
  readonly label: string;
  readonly amount: string;
}) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share}
      aria-valuetext={`${amount}, ${words.sentShare(share)}`}
      className="mt-1.5 mb-0.5 h-1 overflow-hidden rounded-full bg-mute"
    >
      <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
    </div>
  );
}
