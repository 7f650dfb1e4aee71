import { Copy, Ellipsis, RotateCw } from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { useNow } from '../live/use-now.ts';
import { RowButton } from '../ui/button.tsx';
import { common } from '../words/common.ts';
import { linkWords as words } from '../words/links.ts';
import { lookOf } from './link-look.ts';
import { assetOf } from './link-subject.ts';

/** What the buttons of an item ask of the grid, which listens for all of them. */
export const itemButtons = ['copy', 'sendAgain', 'menu'] as const;
export type ItemButton = (typeof itemButtons)[number];

/** The likely thing to do with a link, and all others behind a button. */
export function ItemActions({ job, isActive }: { readonly job: UploadJob; readonly isActive: boolean }) {
  const asset = assetOf(job);
  const now = useNow((asset?.linkExpiresAt ?? null) !== null);
  const canCopy = asset !== null && !lookOf(asset, now).hasRunOut;
  return (
    <span className="flex shrink-0 items-center gap-0.5">
      {canCopy ? (
        <RowButton
          label={words.copyOf(job.name)}
          title={words.copy}
          icon={Copy}
          action={'copy' satisfies ItemButton}
          isInTabOrder={isActive}
        />
      ) : (
        <RowButton
          label={words.sendAgainOf(job.name)}
          title={words.sendAgain}
          icon={RotateCw}
          action={'sendAgain' satisfies ItemButton}
          isInTabOrder={isActive}
        />
      )}
      <RowButton
        label={words.moreOf(job.name)}
        title={common.more}
        icon={Ellipsis}
        action={'menu' satisfies ItemButton}
        isInTabOrder={isActive}
        hasMenu
      />
    </span>
  );
}
