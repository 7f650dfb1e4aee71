/** A jump far into a list is walked from its other end, where that is nearer. Pure. */
import type { Slice } from './job-selection.ts';

export interface NearerSlice {
  /** Null: there is nothing so far out. */
  readonly slice: Slice | null;
  /** The rows come in the other order than was asked for. */
  readonly isReversed: boolean;
}

/** `total`: how many rows the whole list has. */
export function nearerEnd(slice: Slice, total: number): NearerSlice {
  const limit = Math.min(slice.limit, total - slice.offset);
  if (limit <= 0) return { slice: null, isReversed: false };
  const fromOtherEnd = total - slice.offset - limit;
  if (slice.after !== null || fromOtherEnd >= slice.offset) return { slice, isReversed: false };
  const direction = slice.direction === 'ascending' ? 'descending' : 'ascending';
  return { slice: { ...slice, direction, offset: fromOtherEnd, limit }, isReversed: true };
}
