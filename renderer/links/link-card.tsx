import { classNames } from '../ui/class-names.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { ItemActions } from './item-actions.tsx';
import { type ItemProps, useItem } from './item-props.ts';
import { KindOfLink, LifeBadge, When } from './link-life.tsx';
import { assetOf } from './link-subject.ts';
import { useLinks } from './links-context.tsx';
import { SelectMark } from './select-mark.tsx';
import { ShownLink } from './shown-link.tsx';
import { Thumbnail } from './thumbnail.tsx';

/** A completed file with its picture, as one cell of a row of cards. */
export function LinkCard(props: ItemProps) {
  const { job } = props;
  const { selected } = useLinks();
  const { isChosen, isActive, toggle, tabIndex, element } = useItem(props);
  const asset = assetOf(job);
  return (
    // biome-ignore lint/a11y/useSemanticElements: cards are cells of a grid without being a table.
    <div
      role="gridcell"
      tabIndex={tabIndex}
      {...element}
      className={classNames(
        'group relative flex min-w-0 select-none flex-col overflow-hidden rounded-xl border bg-panel',
        isChosen ? 'border-accent bg-selected ring-1 ring-accent' : 'border-line hover:border-edge',
      )}
    >
      <span className="relative flex min-h-0 flex-1 overflow-hidden bg-mute">
        <Thumbnail job={job} size={512} />
        {asset !== null && (
          <LifeBadge asset={asset} className="absolute start-2 bottom-2 max-w-[calc(100%-1rem)]" />
        )}
      </span>
      <SelectMark
        isChosen={isChosen}
        isShown={selected > 0}
        onToggle={toggle}
        className="absolute start-1.5 top-1.5"
      />
      <div className="flex shrink-0 flex-col gap-0.5 px-3 pt-2 pb-1.5">
        <MiddleCut text={job.name} className="font-medium" />
        {asset !== null && <ShownLink asset={asset} className="text-ink-3" />}
        <span className="flex min-w-0 gap-1 text-ink-3 text-sm">
          <span className="truncate">{job.destinationName}</span>
          <span aria-hidden>·</span>
          <When at={job.completedAt} />
        </span>
        <span className="mt-0.5 flex min-w-0 items-center justify-between gap-2">
          {asset === null ? <span /> : <KindOfLink asset={asset} />}
          {/* Its last sign ends where the words above do. */}
          <span className="-me-1.75 shrink-0">
            <ItemActions job={job} isActive={isActive} />
          </span>
        </span>
      </div>
    </div>
  );
}
