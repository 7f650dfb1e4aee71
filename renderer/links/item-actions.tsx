import { Copy, Ellipsis, RotateCw } from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { useNow } from '../live/use-now.ts';
import { IconButton } from '../ui/button.tsx';
import { ActionMenu } from '../ui/menu.tsx';
import { linkWords as words } from '../words/links.ts';
import { lookOf } from './link-look.ts';
import { assetOf } from './link-subject.ts';
import { useLinks } from './links-context.tsx';
import { useLinkMenu } from './use-link-menu.ts';

/** The likely thing to do with a link, and all others behind a button. */
export function ItemActions({ job, tabIndex }: { readonly job: UploadJob; readonly tabIndex: number }) {
  const { doings } = useLinks();
  const menu = useLinkMenu();
  const asset = assetOf(job);
  const now = useNow((asset?.linkExpiresAt ?? null) !== null);
  const canCopy = asset !== null && !lookOf(asset, now).hasRunOut;
  return (
    <span className="flex shrink-0 items-center gap-0.5">
      {canCopy ? (
        <IconButton
          label={words.copyOf(job.name)}
          icon={Copy}
          tabIndex={tabIndex}
          onClick={() => doings.copyOne(job)}
        />
      ) : (
        <IconButton
          label={words.sendAgainOf(job.name)}
          icon={RotateCw}
          tabIndex={tabIndex}
          onClick={() => doings.sendAgain(job)}
        />
      )}
      <ActionMenu entries={menu({ job, count: 1 })}>
        <IconButton label={words.moreOf(job.name)} icon={Ellipsis} tabIndex={tabIndex} />
      </ActionMenu>
    </span>
  );
}
