import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names.ts';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-mute text-ink-2',
  accent: 'bg-accent-soft text-accent-ink',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

/** A state: a word, a shape and a tone, so that no one of them has to be seen. */
export function Pill({
  tone,
  icon: Icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: LucideIcon | undefined;
  readonly children: string;
}) {
  return (
    <span
      className={classNames(
        'inline-flex w-max max-w-full items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap tabular-nums',
        tones[tone],
      )}
    >
      {Icon !== undefined && <Icon aria-hidden size={12} strokeWidth={2.25} className="shrink-0" />}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** `unknown`: nobody can tell at the moment. */
export type DotTone = Tone | 'unknown';

const dots: Readonly<Record<DotTone, string>> = {
  unknown: 'border-[1.5px] border-ink-3',
  neutral: 'bg-ink-3',
  accent: 'bg-accent',
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
};
/** Beside words that say the same. Each tone has a shape of its own too. */
export function Dot({ tone }: { readonly tone: DotTone }) {
  const shape =
    tone === 'warn' ? 'rotate-45 rounded-[1px]' : tone === 'bad' ? 'rounded-[1px]' : 'rounded-full';
  return <span aria-hidden className={classNames('size-1.75 shrink-0', shape, dots[tone])} />;
}
