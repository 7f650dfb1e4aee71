import { Hash, KeyRound, Link2, type LucideIcon, TimerOff, Workflow } from 'lucide-react';
import type { Asset, LinkKind } from '#shared/asset.ts';
import { useNow } from '../live/use-now.ts';
import { classNames } from '../ui/class-names.ts';
import { linkWords as words } from '../words/links.ts';
import { ago, fullDate } from '../words/times.ts';
import { lookOf } from './link-look.ts';

const icons: Readonly<Record<LinkKind, LucideIcon>> = {
  url: Link2,
  reference: Hash,
  key: KeyRound,
  run: Workflow,
};

/** As it is now, and as often as its words change. */
function useLook(asset: Asset) {
  const now = useNow(asset.linkExpiresAt !== null);
  return lookOf(asset, now);
}

/** Only where a line has room for all of them. */
const moreWords = 'hidden text-ink-3 @6xl:inline';

/** What kind of link it is and how long it still works: a sign, words, and a tone where it does not any more. */
export function LinkLife({ asset }: { readonly asset: Asset }) {
  const { kind, word, shownAs, isFor, life, lifeMore, lifeExactly, tone, hasRunOut } = useLook(asset);
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
        {/* That Copy gives something else says also what that is. */}
        {(shownAs === null || life === null) && <span className="font-medium">{word}</span>}
        {isFor !== null && <span className={moreWords}> {isFor}</span>}
        {life !== null && (
          <span className={classNames('tabular-nums', shownAs === null ? 'text-ink-3' : 'font-medium')}>
            {shownAs === null && ' · '}
            {life}
          </span>
        )}
        {lifeMore !== null && <span className={moreWords}>{lifeMore}</span>}
      </span>
    </span>
  );
}

/** The kind of what Copy gives alone, where the life is said by a badge. */
export function KindOfLink({ asset }: { readonly asset: Asset }) {
  const { kind, shownAs } = useLook(asset);
  const Icon = icons[kind];
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 text-ink-2 text-sm">
      <Icon aria-hidden size={13} className="shrink-0" />
      <span className="truncate font-medium">
        {shownAs === null ? words.kinds[kind] : words.newKind(words.kinds[kind])}
      </span>
    </span>
  );
}

/** How long it still works, over a picture; nothing where no end is known. */
export function LifeBadge({ asset, className }: { readonly asset: Asset; readonly className?: string }) {
  const { word, lifeAlone, lifeExactly, hasRunOut } = useLook(asset);
  const said = hasRunOut ? word : lifeAlone;
  if (said === null) return null;
  return (
    <span
      title={lifeExactly ?? undefined}
      className={classNames(
        'inline-flex items-center gap-1 rounded-full px-2 py-0.5 font-medium text-xs tabular-nums',
        hasRunOut ? 'bg-warn-soft text-warn' : 'bg-panel text-ink-2',
        className,
      )}
    >
      {hasRunOut && <TimerOff aria-hidden size={12} className="shrink-0" />}
      <span className="truncate">{said}</span>
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
