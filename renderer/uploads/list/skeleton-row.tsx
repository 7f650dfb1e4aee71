import { classNames } from '../../ui/class-names.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import type { Layout } from './columns.ts';
import { GridCell, GridRow } from './grid-parts.tsx';
import { rowFrame } from './job-row.tsx';

/** Stands where a row will be. */
export function SkeletonRow({
  row,
  top,
  height,
  layout,
  isCompact,
  isActive,
}: {
  readonly row: number;
  readonly top: number;
  readonly height: number;
  readonly layout: Layout;
  readonly isCompact: boolean;
  readonly isActive: boolean;
}) {
  return (
    <GridRow
      data-row={row}
      aria-rowindex={row + 2}
      aria-busy
      tabIndex={isActive ? 0 : -1}
      className={classNames(rowFrame, '-outline-offset-2')}
      style={{ transform: `translateY(${top}px)`, blockSize: height, gridTemplateColumns: layout.template }}
    >
      <GridCell className="contents">
        <span className="sr-only">{words.loadingRow}</span>
        <span
          aria-hidden
          className={classNames('col-start-2 rounded-md bg-mute', isCompact ? 'size-5' : 'size-8.5')}
        />
        <span aria-hidden className="col-start-3 h-3 w-2/5 rounded-sm bg-mute" />
      </GridCell>
    </GridRow>
  );
}
