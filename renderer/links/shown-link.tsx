import type { Asset } from '#shared/asset.ts';
import { classNames } from '../ui/class-names.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { lookOf } from './link-look.ts';

/** The text that stands for a link, on one line; what it is stands before it where Copy gives something else. */
export function ShownLink({ asset, className }: { readonly asset: Asset; readonly className?: string }) {
  return (
    <span className={classNames('flex min-w-0 max-w-full items-baseline gap-1.5', className)}>
      <ShownAs asset={asset} />
      <MiddleCut text={asset.link} className="font-mono text-xs" />
    </span>
  );
}

/** What the text of a link is, where Copy gives something else; else nothing. */
export function ShownAs({ asset }: { readonly asset: Asset }) {
  const { shownAs, lifeExactly } = lookOf(asset, Date.now());
  if (shownAs === null) return null;
  return (
    <span title={lifeExactly ?? undefined} className="shrink-0 text-ink-3 text-xs leading-none">
      {shownAs}
    </span>
  );
}
