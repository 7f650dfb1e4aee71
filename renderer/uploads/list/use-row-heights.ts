import { useMemo, useRef } from 'react';
import type { JobListView } from '../../live/job-list.ts';
import { linesOf, tallRows } from './row-heights.ts';
import type { SeenRows } from './skipped-rows.ts';
import { smallTextWidth } from './text-width.ts';

const none: ReadonlyMap<number, number> = new Map();

/** The rows that are higher than usual, for their reason; the same map while they are the same. `width` null: reasons have one line. */
export function useRowHeights(
  view: JobListView,
  seen: SeenRows,
  width: number | null,
): ReadonlyMap<number, number> {
  const before = useRef(none);
  const lines = useMemo(() => {
    const known = new Map<string, number>();
    return (text: string): number => {
      const count = known.get(text) ?? linesOf(text, width ?? 0, smallTextWidth);
      known.set(text, count);
      return count;
    };
  }, [width]);
  return useMemo(() => {
    const now = width === null || width === 0 ? none : tallRows(view, seen, lines);
    if (isSame(before.current, now)) return before.current;
    before.current = now;
    return now;
  }, [view, seen, width, lines]);
}

const isSame = (one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): boolean =>
  one.size === other.size && [...one].every(([row, height]) => other.get(row) === height);
