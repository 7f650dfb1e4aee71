import { type RefObject, useEffect, useRef } from 'react';
import { rowElement } from './use-grid-focus.ts';

/** As much as the bar of a selection takes at most, in px. */
const barHeight = 80;

/** While something is selected: the row of the focus is not lost below the list when the bar beneath takes of its height. */
export function useRowInSight(grid: RefObject<HTMLElement | null>, row: number, isSelecting: boolean): void {
  const now = useRef(row);
  now.current = row;
  useEffect(() => {
    const { current } = grid;
    if (current === null || !isSelecting) return;
    const observer = new ResizeObserver(() => {
      const element = rowElement(current, now.current);
      if (element === null) return;
      const end = current.getBoundingClientRect().bottom;
      const { top, bottom } = element.getBoundingClientRect();
      // A row further down was out of sight before.
      if (bottom > end && top < end + barHeight) current.scrollTop += bottom - end;
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [grid, isSelecting]);
}
