import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { JobList, JobListQuery, JobListView } from '../../live/job-list.ts';
import { useIsGone } from '../../live/use-is-gone.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { showDetails, type TabName, useNavigation } from '../../shell/navigation.ts';
import { FloatingMenu, type MenuAnchor, type MenuEntry } from '../../ui/menu.tsx';
import { MoreBelow } from '../../ui/more-below.tsx';
import { toast } from '../../ui/toasts.tsx';
import { uploadsWords as words } from '../../words/uploads.ts';
import { whenOf } from '../list-query.ts';
import { activate, select, useLeftOutColumns, useListState } from '../list-state.ts';
import { needsOtherPlace, rowActions } from '../row/row-actions.ts';
import { menuOfAction, menuOfNothing, rowMenu } from '../row-menu.ts';
import { type PlainAction, runRowAction } from '../run-row-action.ts';
import { isEmpty, isSelected, selectOnly, toggle } from '../selection.ts';
import { takersOf } from '../takers.ts';
import { useViewOptions } from '../view-options.ts';
import { layoutOf } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { rowAfterKey } from './grid-keys.ts';
import { GridRows } from './grid-parts.tsx';
import { JobRow } from './job-row.tsx';
import { partOf, rowsOfPart } from './list-parts.ts';
import { PartNote, partNoteHeight } from './part-note.tsx';
import { rangeIds, rowNow } from './range-ids.ts';
import { heights } from './row-heights.ts';
import { SkeletonRow } from './skeleton-row.tsx';
import { seenRows } from './skipped-rows.ts';
import { useCoarseNow } from './use-coarse-now.ts';
import { rowElement, useGridFocus } from './use-grid-focus.ts';
import { useRowHeights } from './use-row-heights.ts';
import { useRowInSight } from './use-row-in-sight.ts';
import { useWidth } from './use-width.ts';

const headHeight = 30;
/** Rows drawn beside those on the screen. */
const overscan = 6;

export interface JobGridProps {
  readonly query: JobListQuery;
  readonly tab: TabName;
  readonly list: JobList;
  readonly view: JobListView;
  readonly isCompact: boolean;
  readonly hides: ((job: UploadJob) => boolean) | null;
  /** What can be done with all that is selected. */
  readonly selectionMenu: readonly MenuEntry[];
  /** A menu of the page is open, for what is selected or for the row that has the focus. */
  readonly hasPageMenu: boolean;
}

interface OpenMenu {
  readonly anchor: MenuAnchor;
  /** Whose it is; null: it is for all that is selected. */
  readonly jobId: JobId | null;
  readonly entries: readonly MenuEntry[];
}

/** The rows of a list, of which only those on the screen are there. */
export function JobGrid(props: JobGridProps) {
  const { query, tab, list, view, isCompact, hides, selectionMenu, hasPageMenu } = props;
  const context = useWindow();
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const hidden = useViewOptions((options) => options.hidden);
  const sort = useViewOptions((options) => options.sort);
  const layout = useMemo(() => layoutOf(width, hidden, isCompact), [width, hidden, isCompact]);
  useEffect(() => useLeftOutColumns.setState({ columns: layout.leftOut }), [layout]);
  const now = useCoarseNow();
  const destinations = useLive((live) => live.destinations);
  const kinds = useLive((live) => live.kinds);
  const places = { destinations, kinds };
  const selection = useListState((state) => state.selection);
  const seen = useMemo(
    () => seenRows(view.total ?? 0, hides === null ? [] : view.placesWhere(hides)),
    [view, hides],
  );
  const focus = useGridFocus(scroller, view, seen, hides);
  const { active } = focus;
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const isGone = useIsGone();
  const offered = (entries: readonly MenuEntry[]) => (isGone ? menuOfNothing(entries) : entries);

  const rowHeight = isCompact ? heights.compact : heights.comfortable;
  const tall = useRowHeights(view, seen, isCompact ? null : layout.belowWidth);
  const activeRow = active?.row ?? 0;
  const [partRow, setPartRow] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its beginning.
  useLayoutEffect(() => setPartRow(0), [query]);
  const part = partOf(partRow, seen.count, rowsOfPart(rowHeight));
  const { base } = part;
  const activeIndex = activeRow - base;
  const roomAbove = part.before > 0 ? partNoteHeight : 0;
  const roomUnder = part.after > 0 ? partNoteHeight : 0;
  const virtual = useVirtualizer({
    count: part.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => tall.get(base + index) ?? rowHeight,
    overscan,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    paddingStart: roomAbove,
    paddingEnd: roomUnder,
    rangeExtractor: ({ startIndex, endIndex, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
      // The focus is never lost by scrolling away from it.
      if (activeIndex >= 0 && activeIndex < first) rows.unshift(activeIndex);
      else if (activeIndex > last && activeIndex < count) rows.push(activeIndex);
      return rows;
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights are asked for anew when one of them changes.
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight, tall, base]);

  useRowInSight(scroller, activeRow, !isEmpty(selection));

  const wantedRow = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the other part is there.
  useLayoutEffect(() => {
    if (wantedRow.current !== null) virtual.scrollToIndex(wantedRow.current - base);
    wantedRow.current = null;
  }, [base]);

  const isScrolling = useRef(false);
  isScrolling.current = virtual.isScrolling;
  const range = virtual.range;
  const firstShown = seen.placeOf(base + (range?.startIndex ?? 0));
  const lastShown = seen.placeOf(base + (range?.endIndex ?? 0));
  useEffect(() => list.show(firstShown, lastShown), [list, firstShown, lastShown]);

  async function selectRange(to: number): Promise<void> {
    const { anchor } = useListState.getState();
    const ids = await rangeIds(context.api, query, view, seen, rowNow(anchor, view, seen), to, hides).catch(
      () => [],
    );
    if (ids === null) toast({ title: words.rangeTooLong, tone: 'warn' });
    else select(selectOnly(ids));
  }

  function openMenu(anchor: MenuAnchor, row: number): void {
    const job = focus.jobAt(row);
    if (job === undefined) return;
    focus.moveTo(row, true);
    const { selection } = useListState.getState();
    const isOfMany =
      isSelected(selection, job.id) && !(selection.kind === 'some' && selection.ids.size === 1);
    setMenu({
      anchor,
      jobId: isOfMany ? null : job.id,
      entries: offered(isOfMany ? selectionMenu : rowMenu(context, job)),
    });
  }

  function onClick(event: MouseEvent): void {
    const place = placeOf(event);
    const job = place === null ? undefined : focus.jobAt(place.row);
    if (place === null || job === undefined) return;
    const { row, action, element } = place;
    if (action === 'menu') openMenu(element, row);
    else if (action === 'select') choose(job.id, row, event.shiftKey ? 'range' : 'toggle');
    else if (action !== null) press(action, job, row, element, event.altKey);
    else choose(job.id, row, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only');
  }

  function choose(id: JobId, row: number, how: 'only' | 'toggle' | 'range'): void {
    if (how === 'range') {
      activate({ id, row }, false);
      void selectRange(row);
      return;
    }
    activate({ id, row }, true);
    const { selection } = useListState.getState();
    select(how === 'toggle' ? toggle(selection, id) : selectOnly([id]));
    if (how === 'only' && useNavigation.getState().detailsId !== null) showDetails(id);
  }

  function press(name: string, job: UploadJob, row: number, element: Element, isAltHeld: boolean): void {
    const entries = menuOfAction(context, job, name, isAltHeld);
    if (entries !== null) {
      focus.moveTo(row, true);
      setMenu({ anchor: element, jobId: job.id, entries });
      return;
    }
    const action = rowActions.find((other): other is PlainAction => other === name);
    if (action !== undefined) void runRowAction(context, action, job);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const element = rowElement(scroller.current, activeRow);
      if (element !== null) openMenu(element.querySelector('[data-action="menu"]') ?? element, activeRow);
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || placeOf(event) === null) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight);
    const row = rowAfterKey(event.key, activeRow, seen.count, page);
    if (row === null) return;
    event.preventDefault();
    if (event.shiftKey) {
      focus.moveTo(row, false);
      void selectRange(row);
    } else {
      focus.moveTo(row, true);
      const id = focus.jobAt(row)?.id;
      if (id !== undefined && useNavigation.getState().detailsId !== null) showDetails(id);
    }
    if (row < base || row >= base + part.count) showPart(row);
    else virtual.scrollToIndex(row - base);
  }

  /** Of a list that is too long for one: the part that holds this row, which comes into view. */
  function showPart(row: number): void {
    setPartRow(row);
    wantedRow.current = row;
  }

  /** The button that leads there goes with the part that it is in. */
  function goToPart(row: number): void {
    focus.moveTo(row, true);
    showPart(row);
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: see grid-parts.tsx. */}
      <div
        ref={scroller}
        role="grid"
        aria-label={words.gridLabel(words.tabs[tab])}
        aria-multiselectable
        aria-rowcount={seen.count + 1}
        aria-colcount={layout.columns.length}
        onClick={onClick}
        onContextMenu={(event) => {
          const place = placeOf(event);
          if (place === null) return;
          event.preventDefault();
          openMenu({ x: event.clientX, y: event.clientY }, place.row);
        }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const row = rowOf(event.target);
          focus.noteFocus(row !== null);
          // A press with Shift focuses too, and needs the row from which it selects.
          if (row !== null && row !== active?.row) {
            activate({ id: focus.jobAt(row)?.id ?? null, row }, active === null);
          }
        }}
        onBlur={() => focus.noteFocus(false)}
        className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        <GridHead layout={layout} sort={sort} when={whenOf(tab)} selection={selection} />
        <GridRows className="relative" style={{ height: virtual.getTotalSize() }}>
          {part.before > 0 && (
            <PartNote text={words.rowsBefore(part.before)} top={0} onShow={() => goToPart(base - 1)} />
          )}
          {part.after > 0 && (
            <PartNote
              text={words.rowsAfter(part.after)}
              top={virtual.getTotalSize() - roomUnder}
              onShow={() => goToPart(base + part.count)}
            />
          )}
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = base + index;
            const job = focus.jobAt(row);
            const shared = { row, top: start - headHeight, height: size, isCompact };
            if (job === undefined) {
              return (
                <SkeletonRow key={`row-${row}`} {...shared} layout={layout} isActive={row === activeRow} />
              );
            }
            return (
              <JobRow
                key={job.id}
                {...shared}
                job={job}
                layout={layout}
                isActive={row === activeRow}
                isSelected={isSelected(selection, job.id)}
                hasMenu={
                  menu === null
                    ? hasPageMenu && isEmpty(selection) && row === activeRow
                    : menu.jobId === job.id
                }
                isGone={isGone}
                hasTaker={needsOtherPlace(job) && takersOf(job, places).length > 0}
                isSelecting={!isEmpty(selection)}
                when={whenOf(tab)}
                now={now}
                isScrolling={isScrolling}
              />
            );
          })}
        </GridRows>
        <MoreBelow ground="from-panel" />
      </div>
      <FloatingMenu
        entries={menu?.entries ?? []}
        anchor={menu?.anchor ?? null}
        returnTo={() => rowElement(scroller.current, useListState.getState().active?.row ?? 0)}
        onClose={() => setMenu(null)}
      />
    </>
  );
}

const rowOf = (target: EventTarget | null): number | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined;
  return row === undefined ? null : Number(row);
};

interface Place {
  readonly row: number;
  /** What was pressed within the row; null: the row itself. */
  readonly action: string | null;
  readonly element: Element;
}

function placeOf({ target }: { readonly target: EventTarget }): Place | null {
  const row = rowOf(target);
  if (row === null || !(target instanceof Element)) return null;
  const element = target.closest<HTMLElement>('[data-action]');
  return { row, action: element?.dataset.action ?? null, element: element ?? target };
}
