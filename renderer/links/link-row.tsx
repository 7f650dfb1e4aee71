import { classNames } from '../ui/class-names.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { linkWords as words } from '../words/links.ts';
import { ItemActions } from './item-actions.tsx';
import { type ItemProps, useItem } from './item-props.ts';
import { LinkLife, When } from './link-life.tsx';
import { assetOf } from './link-subject.ts';
import { useLinks } from './links-context.tsx';
import { SelectMark } from './select-mark.tsx';
import { ShownLink } from './shown-link.tsx';
import { Thumbnail } from './thumbnail.tsx';

/** A narrow list says the link's kind beside the name, and leaves its text and time to the details. */
const columns =
  'grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-center gap-x-3 ps-4.5 pe-3 @2xl:grid-cols-[2.25rem_minmax(0,2fr)_minmax(0,3fr)_5.5rem_3.625rem]';
const wideOnly = 'hidden @2xl:block';

/* biome-ignore-start lint/a11y/useSemanticElements: rows are placed one by one as they are scrolled by, which a table cannot. */
/* biome-ignore-start lint/a11y/useFocusableInteractive: the row has the focus, not its cells. */

export function LinkRowHead() {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classNames(columns, 'h-7.5 shrink-0 border-line border-b text-ink-2 text-xs')}
    >
      <span role="columnheader">
        <span className="sr-only">{words.columns.picture}</span>
      </span>
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

interface LinkRowProps extends ItemProps {
  readonly isCompact: boolean;
}

/** A completed file in two lines, or one. */
export function LinkRow(props: LinkRowProps) {
  const { job, index, isCompact } = props;
  const { selected } = useLinks();
  const { isChosen, isActive, toggle, tabIndex, element } = useItem(props);
  const asset = assetOf(job);
  const life = asset === null ? null : <LinkLife asset={asset} />;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      tabIndex={tabIndex}
      {...element}
      className={classNames(
        columns,
        'group h-full select-none border-line border-b -outline-offset-2',
        isChosen ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      {/* The picture begins where all lines of the page do, and is marked like that of a card. */}
      <span role="gridcell" className="relative flex items-center">
        <span
          className={classNames('flex shrink-0 overflow-hidden rounded-md', isCompact ? 'size-6' : 'size-9')}
        >
          <Thumbnail job={job} size={64} />
        </span>
        <SelectMark
          isChosen={isChosen}
          isShown={selected > 0}
          onToggle={toggle}
          className={classNames('absolute', isCompact ? '-start-0.5' : 'start-1')}
        />
      </span>
      <span
        role="gridcell"
        className={classNames('flex min-w-0', isCompact ? 'items-center justify-between gap-3' : 'flex-col')}
      >
        <MiddleCut text={job.name} className="font-medium" />
        <span className="flex min-w-0 shrink-0 items-center gap-1.5 text-ink-3 text-sm">
          <span className={classNames('truncate', isCompact && 'hidden @2xl:block')}>
            {job.destinationName}
          </span>
          <span className="flex shrink-0 items-center gap-1.5 @2xl:hidden">
            {!isCompact && <span aria-hidden>·</span>}
            {life}
          </span>
        </span>
      </span>
      <span
        role="gridcell"
        className={classNames(
          'hidden min-w-0 @2xl:flex',
          isCompact ? 'flex-row-reverse items-center justify-end gap-3' : 'flex-col items-start',
        )}
      >
        {/* As high as the line of the name: the second lines stand side by side. */}
        <span className="flex h-[1.45em] min-w-0 max-w-full items-center">
          {asset !== null && <ShownLink asset={asset} className="text-ink-2" />}
        </span>
        <span className="flex max-w-full shrink-0">{life}</span>
      </span>
      <span role="gridcell" className={classNames(wideOnly, 'text-ink-2 text-sm')}>
        <When at={job.completedAt} />
      </span>
      <span role="gridcell" className="flex justify-end">
        <ItemActions job={job} isActive={isActive} />
      </span>
    </div>
  );
}
/* biome-ignore-end lint/a11y/useFocusableInteractive: above. */
/* biome-ignore-end lint/a11y/useSemanticElements: above. */
