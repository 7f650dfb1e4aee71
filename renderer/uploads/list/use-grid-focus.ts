import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { UploadJob } from '#shared/job.ts';
import type { JobListView } from '../../live/job-list.ts';
import { activate, useActiveJob, useListState } from '../list-state.ts';
import { rowNow } from './range-ids.ts';
import type { SeenRows } from './skipped-rows.ts';

/**
 * The focus of the list stays with its job, wherever updates bring it; where the job leaves, with its row. Answers what
 * moves it.
 */
export function useGridFocus(
  grid: RefObject<HTMLElement | null>,
  view: JobListView,
  seen: SeenRows,
  hides: ((job: UploadJob) => boolean) | null,
) {
  const active = useListState((state) => state.active);
  const isFocusWanted = useRef(false);
  const hasFocus = useRef(false);

  const jobAt = useCallback((row: number) => view.at(seen.placeOf(row)), [view, seen]);

  useEffect(() => {
    if (active === null) return;
    const place = active.id === null ? -1 : view.indexOf(active.id);
    const job = place === -1 ? undefined : view.at(place);
    const isHere = job !== undefined && hides?.(job) !== true;
    const row = isHere ? seen.seenAt(place) : Math.max(0, Math.min(active.row, seen.count - 1));
    const now = isHere ? job : jobAt(row);
    if (now !== undefined) useActiveJob.setState({ job: now });
    const id = now?.id ?? active.id;
    if (row !== active.row || id !== active.id) activate({ id, row }, false);
  }, [view, seen, active, hides, jobAt]);
  useEffect(() => {
    // Kept up with while its job is here: by the time that Shift is pressed, its page may be far away.
    const { anchor } = useListState.getState();
    const row = rowNow(anchor, view, seen);
    if (row !== anchor.row) useListState.setState({ anchor: { ...anchor, row } });
  }, [view, seen]);
  useEffect(() => () => useActiveJob.setState({ job: null }), []);

  useLayoutEffect(() => {
    const isLost = hasFocus.current && document.activeElement === document.body;
    if (!isFocusWanted.current && !isLost) return;
    const element = active === null ? null : rowElement(grid.current, active.row);
    if (element === null) return;
    isFocusWanted.current = false;
    element.focus({ preventScroll: true });
  });

  return {
    active,
    jobAt,
    moveTo: (row: number, isAnchor: boolean) => {
      isFocusWanted.current = true;
      activate({ id: jobAt(row)?.id ?? null, row }, isAnchor);
    },
    noteFocus: (isIn: boolean) => {
      hasFocus.current = isIn;
    },
  };
}

export const rowElement = (grid: HTMLElement | null, row: number): HTMLElement | null =>
  grid?.querySelector<HTMLElement>(`[data-row="${row}"]`) ?? null;
