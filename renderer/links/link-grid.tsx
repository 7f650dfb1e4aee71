import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useRef } from 'react';
import { useLive } from '../live/window-context.tsx';
import { MoreBelow } from '../ui/more-below.tsx';
import { linkWords as words } from '../words/links.ts';
import { layoutOf } from './grid-layout.ts';
import { GridRow } from './grid-row.tsx';
import { itemPlace } from './item-place.ts';
import { LinkRowHead } from './link-row.tsx';
import { useLinks } from './links-context.tsx';
import { useGridFocus } from './use-grid-focus.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useItemMenu } from './use-item-menu.tsx';
import { useSize } from './use-size.ts';
import type { ViewMode } from './view-mode.ts';

/** All that is found, as cards or as a list; only what is in view is there. */
export function LinkGrid({ mode }: { readonly mode: ViewMode }) {
  const { rows, list, selection, doings, filter } = useLinks();
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const density = useLive((live) => live.settings?.density ?? 'comfortable');
  const { columns, rowHeight, gap, padding } = layoutOf(mode, density, size);
  const total = rows.total ?? 0;
  const { activeIndex } = selection;
  const activeRow = Math.floor(activeIndex / columns);
  const rowCount = Math.ceil(total / columns);

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => place.current,
    estimateSize: () => rowHeight,
    gap,
    paddingStart: padding,
    paddingEnd: padding,
    scrollPaddingStart: padding,
    scrollPaddingEnd: padding,
    overscan: mode === 'list' ? 8 : 2,
    // The row with the focus stays, wherever one scrolls: else the focus would be nowhere.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(activeRow) || activeRow >= range.count
        ? shown
        : [...shown, activeRow].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is measured depends on these.
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight, gap, padding]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter, or the other view, begins at its active row.
  useEffect(
    () => virtualizer.scrollToIndex(activeRow, { align: 'start' }),
    [virtualizer, filter.filter, mode],
  );

  const first = (virtualizer.range?.startIndex ?? 0) * columns;
  const last = Math.min(total, ((virtualizer.range?.endIndex ?? 0) + 1) * columns) - 1;
  const [firstListed, lastListed] = [rows.listIndex(first), rows.listIndex(Math.max(first, last))];
  useEffect(() => list.show(firstListed, lastListed), [list, firstListed, lastListed]);

  const { take, onFocus, onBlur } = useGridFocus(place, activeIndex);
  const { menu, openAt, onContextMenu } = useItemMenu(place);
  const onKeyDown = useGridKeys({
    place,
    columns,
    rowsInView: Math.floor(size.height / (rowHeight + gap)),
    show: (index) => {
      virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' });
      take();
    },
    openMenu: openAt,
  });
  const onClick = (event: MouseEvent) => {
    const pressed = itemPlace(event.target);
    const job = pressed === null ? undefined : rows.at(pressed.index);
    if (pressed === null || job === undefined) return;
    if (pressed.button === 'copy') doings.copyOne(job);
    else if (pressed.button === 'sendAgain') doings.sendAgain(job);
    else if (pressed.button === 'menu') openAt(pressed.element, pressed.index);
  };

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one as they are scrolled by, which a table cannot. */}
      <div
        role="grid"
        aria-label={words.grid}
        aria-multiselectable
        aria-rowcount={rowCount + (mode === 'list' ? 1 : 0)}
        aria-colcount={mode === 'list' ? 5 : columns}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
        onContextMenu={onContextMenu}
        className="@container flex min-h-0 flex-1 flex-col"
      >
        {mode === 'list' && <LinkRowHead />}
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div
          ref={place}
          role="rowgroup"
          className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain"
        >
          <div role="presentation" className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => (
              <GridRow
                key={mode === 'list' ? (rows.at(index)?.id ?? `row ${index}`) : index}
                {...{ mode, row: index, start, columns, rowHeight, gap, padding }}
                isCompact={density === 'compact'}
              />
            ))}
          </div>
          <MoreBelow ground="from-panel" />
        </div>
      </div>
      {menu}
    </>
  );
}
