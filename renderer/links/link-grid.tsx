import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { useLive } from '../live/window-context.tsx';
import { RightClickMenu } from '../ui/menu.tsx';
import { linkWords as words } from '../words/links.ts';
import { layoutOf } from './grid-layout.ts';
import { moveOf } from './grid-moves.ts';
import { GridRow } from './grid-row.tsx';
import { isModPressed } from './item-props.ts';
import type { MenuSubject } from './link-menu.ts';
import { LinkRowHead } from './link-row.tsx';
import { isSelected } from './link-selection.ts';
import { useLinks } from './links-context.tsx';
import { useGridFocus } from './use-grid-focus.ts';
import { useLinkMenu } from './use-link-menu.ts';
import { useSize } from './use-size.ts';
import type { ViewMode } from './view-mode.ts';

/** All that is found, as cards or as a list; only what is in view is there. */
export function LinkGrid({ mode }: { readonly mode: ViewMode }) {
  const { rows, list, selection, selected, doings, filter } = useLinks();
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
  useEffect(() => virtualizer.scrollToIndex(activeRow), [virtualizer, filter.filter, mode]);

  const first = (virtualizer.range?.startIndex ?? 0) * columns;
  const last = Math.min(total, ((virtualizer.range?.endIndex ?? 0) + 1) * columns) - 1;
  const [firstListed, lastListed] = [rows.listIndex(first), rows.listIndex(Math.max(first, last))];
  useEffect(() => list.show(firstListed, lastListed), [list, firstListed, lastListed]);

  const { take, onFocus, onBlur } = useGridFocus(place, activeIndex);
  const goToIndex = (index: number) => {
    virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' });
    take();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.altKey) return;
    const isMod = isModPressed(event);
    const to = moveOf(event.key, {
      index: activeIndex,
      total,
      columns,
      rowsInView: Math.floor(size.height / (rowHeight + gap)),
      isRightToLeft: getComputedStyle(event.currentTarget).direction === 'rtl',
    });
    if (to !== null) {
      event.preventDefault();
      if (isMod && !event.shiftKey) selection.activate(to);
      else selection.choose(to, { isRange: event.shiftKey, isToggle: false });
      goToIndex(to);
      return;
    }
    // Its buttons take these themselves.
    if (event.target.dataset.index === undefined) return;
    const job = rows.at(activeIndex);
    if (job === undefined) return;
    if (event.key === 'Enter' && !isMod) doings.open(job);
    else if (event.key === ' ' && !isMod) doings.details(job);
    else if (event.key === ' ') selection.choose(activeIndex, { isRange: false, isToggle: true });
    else return;
    event.preventDefault();
  };

  const [subject, setSubject] = useState<MenuSubject | null>(null);
  const menu = useLinkMenu();
  /** What is pressed is selected first, as everywhere, so that the menu and the eye mean the same. */
  const onContextMenu = (event: MouseEvent) => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const index = Number(item?.dataset.index ?? Number.NaN);
    const job = rows.at(index);
    if (job === undefined) return event.stopPropagation();
    const isPart = isSelected(selection.selection, job.id);
    if (!isPart) selection.choose(index);
    setSubject({ job, count: isPart ? selected : 1 });
  };

  return (
    <RightClickMenu entries={subject === null ? [] : menu(subject)}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one as they are scrolled by, which a table cannot. */}
      <div
        role="grid"
        aria-label={words.grid}
        aria-multiselectable
        aria-rowcount={rowCount + (mode === 'list' ? 1 : 0)}
        aria-colcount={mode === 'list' ? 5 : columns}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
        onContextMenuCapture={onContextMenu}
        className="@container flex min-h-0 flex-1 flex-col"
      >
        {mode === 'list' && <LinkRowHead />}
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div ref={place} role="rowgroup" className="relative min-h-0 flex-1 overflow-y-auto">
          <div role="presentation" className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => (
              <GridRow
                key={mode === 'list' ? (rows.at(index)?.id ?? `row ${index}`) : index}
                {...{ mode, row: index, start, columns, rowHeight, gap, padding }}
                isCompact={density === 'compact'}
              />
            ))}
          </div>
        </div>
      </div>
    </RightClickMenu>
  );
}
