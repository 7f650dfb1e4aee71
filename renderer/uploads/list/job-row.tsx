import { Ellipsis } from 'lucide-react';
import { memo, type RefObject } from 'react';
import type { UploadJob } from '#shared/job.ts';
import { RowButton } from '../../ui/button.tsx';
import { RowCheckbox } from '../../ui/checkbox.tsx';
import { classNames } from '../../ui/class-names.ts';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import { bytes } from '../../words/amounts.ts';
import { shell } from '../../words/shell.ts';
import { ago, fullDate } from '../../words/times.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { ProgressCell } from '../row/progress-cell.tsx';
import { Reason } from '../row/reason.tsx';
import { actionPlaces, cureOf, type RowAction } from '../row/row-actions.ts';
import { rowReason, targetOf } from '../row/row-words.ts';
import { SecondLine } from '../row/second-line.tsx';
import { StatePill } from '../row/state-pill.tsx';
import { Thumbnail } from '../row/thumbnail.tsx';
import { actionIcons, labelOf } from '../row-menu.ts';
import type { Column, Layout } from './columns.ts';
import { GridCell, GridRow } from './grid-parts.tsx';
import { useLate } from './use-late.ts';

export interface JobRowProps {
  readonly job: UploadJob;
  readonly row: number;
  readonly top: number;
  readonly height: number;
  readonly layout: Layout;
  readonly isCompact: boolean;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** A menu is open that belongs to this row alone. */
  readonly hasMenu: boolean;
  /** Nothing can be done: the engine is gone. */
  readonly isGone: boolean;
  /** Another destination would take what this one refused. */
  readonly hasTaker: boolean;
  /** Something is: all checkboxes show. */
  readonly isSelecting: boolean;
  readonly when: 'added' | 'completed';
  readonly now: number;
  /** Of the list, right now. */
  readonly isScrolling: RefObject<boolean>;
}

export const rowFrame =
  'absolute inset-x-0 top-0 grid contain-strict content-center items-center gap-x-2.5 border-line border-b ps-4.5 pe-3';

/** One job of the list. Memoized: a push redraws the rows that it names, not the others. */
export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { job, row, top, height, layout, isCompact, isActive, isSelected, isSelecting, hasMenu } = props;
  const reason = rowReason(job);
  const has = (column: Column) => layout.columns.includes(column);
  const isReasonBelow = reason !== null && !isCompact;
  const isReasonBeside = reason !== null && isCompact;
  // What is read with the name stands in its line where the reason takes the room below.
  const inFirstLine = isReasonBelow ? 'row-start-1' : 'row-start-1 row-span-2';
  return (
    <GridRow
      data-row={row}
      data-job={job.id}
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      className={classNames(
        rowFrame,
        'group select-none -outline-offset-2',
        isSelected ? 'bg-selected' : hasMenu ? 'bg-hover' : 'bg-panel hover:bg-hover',
        hasMenu && 'outline-2 outline-accent',
      )}
      style={{ transform: `translateY(${top}px)`, blockSize: height, gridTemplateColumns: layout.template }}
    >
      <GridCell className="col-start-1 row-span-2 row-start-1 flex">
        <RowCheckbox
          label={words.selectRow(job.name)}
          isChecked={isSelected}
          action="select"
          isInTabOrder={isActive}
          className={classNames(
            !isSelecting &&
              'opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 group-focus:opacity-100',
          )}
        />
      </GridCell>
      <GridCell className="contents">
        <span className="col-start-2 row-span-2 row-start-1">
          <Thumbnail key={job.id} id={job.id} name={job.name} isCompact={isCompact} />
        </span>
        {isReasonBeside ? (
          <span
            className="col-start-3 row-span-2 row-start-1 flex min-w-0 items-baseline gap-2.5"
            style={{ gridColumnEnd: layout.besideEnd }}
          >
            <MiddleCut text={job.name} className="max-w-2/5 shrink-0 font-medium" />
            <Reason reason={reason} isOneLine />
          </span>
        ) : (
          <>
            <span
              className={classNames(
                'col-start-3 row-start-1 min-w-0',
                isCompact ? 'row-span-2' : !isReasonBelow && 'self-end',
              )}
            >
              <MiddleCut text={job.name} className="font-medium" />
            </span>
            {!isCompact && (
              <span
                className="col-start-3 row-start-2 min-w-0 self-start"
                style={{
                  gridColumnEnd: isReasonBelow ? layout.belowEnd : 4,
                  paddingInlineEnd: isReasonBelow ? layout.belowInset : undefined,
                }}
              >
                {reason === null ? (
                  <SecondLine job={job} hasSize={!has('size')} room={layout.fileWidth} />
                ) : (
                  <Reason reason={reason} isOneLine={false} />
                )}
              </span>
            )}
          </>
        )}
      </GridCell>
      {has('size') && !isReasonBeside && (
        <GridCell
          className={classNames(inFirstLine, 'pe-2.5 text-end whitespace-nowrap text-ink-2 tabular-nums')}
          style={{ gridColumnStart: layout.lineOf('size') }}
        >
          <bdi>{bytes(job.bytesTotal)}</bdi>
        </GridCell>
      )}
      {has('progress') && !isReasonBeside && (
        <GridCell
          className={classNames(inFirstLine, 'min-w-0')}
          style={{ gridColumnStart: layout.lineOf('progress') }}
        >
          <ProgressCell job={job} isCompact={isCompact || isReasonBelow} />
        </GridCell>
      )}
      <EndCells {...props} inFirstLine={inFirstLine} />
    </GridRow>
  );
});

/** What stands beside the menu of a row; null: that place is empty. */
function actionsBeside(job: UploadJob, layout: Layout, hasTaker: boolean): readonly (RowAction | null)[] {
  if (layout.hasLikely) return actionPlaces(job, hasTaker);
  const cure = layout.columns.includes('state') ? cureOf(job, hasTaker) : null;
  return cure === null ? [] : [cure];
}

function EndCells({
  job,
  layout,
  isActive,
  hasTaker,
  isGone,
  when,
  now,
  isScrolling,
  inFirstLine,
}: JobRowProps & { readonly inFirstLine: string }) {
  const hasButtons = useLate(isScrolling) || isActive;
  const has = (column: Column) => layout.columns.includes(column);
  const at = when === 'added' ? job.addedAt : job.completedAt;
  return (
    <>
      {has('state') && (
        <GridCell
          className={classNames(inFirstLine, 'min-w-0')}
          style={{ gridColumnStart: layout.lineOf('state') }}
        >
          <StatePill job={job} now={now} isGone={isGone} hasPercent={!has('progress')} />
        </GridCell>
      )}
      {has('when') && (
        <GridCell
          title={at === null ? undefined : fullDate(at)}
          className={classNames(inFirstLine, 'truncate text-sm text-ink-2')}
          style={{ gridColumnStart: layout.lineOf('when') }}
        >
          {at === null ? '' : ago(at, now)}
        </GridCell>
      )}
      {has('destination') && (
        <GridCell
          title={targetOf(job)}
          className={classNames(inFirstLine, 'truncate text-sm text-ink-2')}
          style={{ gridColumnStart: layout.lineOf('destination') }}
        >
          {targetOf(job)}
        </GridCell>
      )}
      <GridCell
        title={isGone ? shell.notRunning : undefined}
        className="row-span-2 row-start-1 flex justify-end"
        style={{ gridColumnStart: layout.lineOf('actions') }}
      >
        {hasButtons &&
          actionsBeside(job, layout, hasTaker).map((action, place) =>
            action === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: its place is all that there is of it.
              <span key={place} aria-hidden className="size-7" />
            ) : (
              <RowButton
                key={action}
                label={words.actions.of(labelOf(job, action), job.name)}
                title={labelOf(job, action)}
                icon={actionIcons[action]}
                action={action}
                isInTabOrder={isActive}
                hasMenu={action === 'send-to'}
                isDisabled={isGone}
              />
            ),
          )}
        {hasButtons && (
          <RowButton
            label={words.actions.moreOf(job.name)}
            title={words.actions.more}
            icon={Ellipsis}
            action="menu"
            isInTabOrder={isActive}
            hasMenu
          />
        )}
      </GridCell>
    </>
  );
}
