import { classNames } from '../ui/class-names.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { linkWords as words } from '../words/links.ts';
import { ItemActions } from './item-actions.tsx';
import { type ItemProps, useItem } from './item-props.ts';
import { LinkLife, When } from './link-life.tsx';
import { assetOf } from './link-subject.ts';
import { useLinks } from './links-context.tsx';
import { SelectMark } from './select-mark.tsx';
import { Thumbnail } from './thumbnail.tsx';

/** The columns; a narrow list says the link's kind below the name, and leaves its text and time away. */
const columns =
  'grid grid-cols-[1.75rem_2.25rem_minmax(0,1fr)_auto] items-center gap-x-2.5 @3xl:grid-cols-[1.75rem_2.25rem_minmax(0,5fr)_minmax(0,4fr)_6.5rem_3.75rem]';
const wideOnly = 'hidden @3xl:block';

/* biome-ignore-start lint/a11y/useSemanticElements: rows are placed one by one as they are scrolled by, which a table cannot. */
/* biome-ignore-start lint/a11y/useFocusableInteractive: the row has the focus, not its cells. */

export function LinkRowHead() {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classNames(columns, 'h-7.5 shrink-0 border-line border-b px-3 text-ink-3 text-sm')}
    >
      <span role="columnheader" className="col-span-2 @3xl:col-span-2" aria-label={words.columns.selected} />
      <span role="columnheader">{words.columns.file}</span>
      <span role="columnheader" className={wideOnly}>
        {words.columns.link}
      </span>
      <span role="columnheader" className={wideOnly}>
        {words.columns.when}
      </span>
      <span role="columnheader">
        <span className="sr-only">{words.columns.actions}</span>
      </span>
    </div>
  );
}

/** A completed file in one line, or two. */
export function LinkRow(props: ItemProps & { readonly isCompact: boolean }) {
  const { job, index, isCompact } = props;
  const { selected } = useLinks();
  const { isChosen, toggle, tabIndex, element } = useItem(props);
  const asset = assetOf(job);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      tabIndex={tabIndex}
      {...element}
      className={classNames(
        columns,
        'group h-full select-none border-line border-b px-3 -outline-offset-2',
        isChosen ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span role="gridcell" className="col-span-2 flex items-center gap-2.5">
        <SelectMark isChosen={isChosen} isShown={selected > 0} onToggle={toggle} />
        <span
          className={classNames('flex shrink-0 overflow-hidden rounded-md', isCompact ? 'size-6' : 'size-9')}
        >
          <Thumbnail job={job} size={64} />
        </span>
      </span>
      <span role="gridcell" className="min-w-0">
        <MiddleCut text={job.name} className="font-medium" />
        {!isCompact && (
          <span className="flex min-w-0 items-center gap-1.5 text-ink-3 text-sm">
            <span className="truncate">{job.destinationName}</span>
            <span className="flex min-w-0 items-center gap-1.5 @3xl:hidden">
              <span aria-hidden>·</span>
              <LinkLife asset={asset} />
            </span>
          </span>
        )}
      </span>
      <span role="gridcell" className={classNames(wideOnly, 'min-w-0')}>
        {!isCompact && <MiddleCut text={asset?.link ?? ''} className="font-mono text-ink-2 text-xs" />}
        <LinkLife asset={asset} />
      </span>
      <span role="gridcell" className={classNames(wideOnly, 'text-ink-2 text-sm')}>
        <When at={job.completedAt} />
      </span>
      <span role="gridcell" className="flex justify-end">
        <ItemActions job={job} tabIndex={tabIndex} />
      </span>
    </div>
  );
}
/* biome-ignore-end lint/a11y/useFocusableInteractive: above. */
/* biome-ignore-end lint/a11y/useSemanticElements: above. */
