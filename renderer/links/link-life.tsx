import { KeyRound, Link2, type LucideIcon, Quote, TimerOff, Workflow } from 'lucide-react';
import type { Asset, LinkKind } from '#shared/asset.ts';
import { useNow } from '../live/use-now.ts';
import { classNames } from '../ui/class-names.ts';
import { linkWords as words } from '../words/links.ts';
import { ago, fullDate } from '../words/times.ts';
import { lookOf } from './link-look.ts';

const icons: Readonly<Record<LinkKind, LucideIcon>> = {
  url: Link2,
  reference: Quote,
  key: KeyRound,
  run: Workflow,
};

/** What kind of link it is and how long it still works: a sign, words, and a tone where it does not any more. */
export function LinkLife({ asset }: { readonly asset: Asset | null }) {
  const end = asset?.linkExpiresAt ?? null;
  const now = useNow(end !== null);
  if (asset === null) return <span className="text-ink-3 text-sm">{words.noLink}</span>;
  const { kind, word, life, lifeExactly, tone, hasRunOut } = lookOf(asset, now);
  const Icon = hasRunOut ? TimerOff : icons[kind];
  return (
    <span
      title={lifeExactly ?? undefined}
      className={classNames(
        'inline-flex min-w-0 max-w-full items-center gap-1.5 text-sm',
        tone === 'warn' ? 'rounded-full bg-warn-soft px-2 text-warn' : 'text-ink-2',
      )}
    >
      <Icon aria-hidden size={13} className="shrink-0" />
      <span className="truncate">
        <span className="font-medium">{word}</span>
        {life !== null && <span className="text-ink-3 tabular-nums"> · {life}</span>}
      </span>
    </span>
  );
}

const hour = 3_600_000;

/** When it was completed: roughly, and to the second where the pointer rests. */
export function When({ at }: { readonly at: number | null }) {
  // What is an hour old says the same for long.
  const now = useNow(at !== null && Date.now() - at < hour);
  if (at === null) return null;
  return (
    <time dateTime={new Date(at).toISOString()} title={fullDate(at)} className="whitespace-nowrap">
      {ago(at, now)}
    </time>
  );
}
