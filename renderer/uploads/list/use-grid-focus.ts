import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { UploadJob } from '#shared/job.ts';
import type { JobListView } from '../../live/job-list.ts';
import { activate, useActiveJob, useListState } from '../list-state.ts';
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
    const place = active.id === null ? -1 : view.indexOf(active.id);
    const job = place === -1 ? undefined : view.at(place);
    if (job !== undefined && hides?.(job) !== true) {
      useActiveJob.setState({ job });
      const row = seen.seenAt(place);
      if (row !== active.row) activate({ id: active.id, row }, false);
      return;
    }
    const row = Math.max(0, Math.min(active.row, seen.count - 1));
    const next = jobAt(row);
    useActiveJob.setState({ job: active.id === null ? null : (next ?? null) });
    if (next !== undefined && active.id !== null) activate({ id: next.id, row }, false);
    else if (row !== active.row) activate({ id: active.id, row }, false);
  }, [view, seen, active, hides, jobAt]);
  useEffect(() => () => useActiveJob.setState({ job: null }), []);

  useLayoutEffect(() => {
    const isLost = hasFocus.current && document.activeElement === document.body;
    if (!isFocusWanted.current && !isLost) return;
    const element = rowElement(grid.current, active.row);
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
