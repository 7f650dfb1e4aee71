/**
 * Rows of a list as they are seen while some are hidden (removed, but to be undone): the n-th seen row is another one of
 * the list. `hidden`: ascending places in the list.
 */
export interface SeenRows {
  readonly count: number;
  /** Where a seen row is in the list. */
  placeOf(seen: number): number;
  /** Where a row of the list is seen; for a hidden one, where the next is. */
  seenAt(place: number): number;
}

export function seenRows(total: number, hidden: readonly number[]): SeenRows {
  const within = hidden.filter((place) => place < total);
  return {
    count: total - within.length,
    placeOf(seen) {
      let place = seen;
      for (const gap of within) {
        if (gap > place) break;
        place++;
      }
      return place;
    },
    seenAt: (place) => place - within.filter((gap) => gap < place).length,
  };
}
