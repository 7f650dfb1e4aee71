/** Where the focus is in a grid of links, and how the grid lies. */
export interface GridPlace {
  readonly index: number;
  readonly total: number;
  /** 1: a list. */
  readonly columns: number;
  /** Whole rows in view. */
  readonly rowsInView: number;
  readonly isRightToLeft: boolean;
}

/** Where a key leads; null: it leads nowhere, and is no key of the grid. */
export function moveOf(key: string, place: GridPlace): number | null {
  const step = stepOf(key, place);
  if (step === null || place.total === 0) return null;
  const wanted = place.index + step;
  const last = place.total - 1;
  // A last row that is not full: straight down leads to its end, once.
  if (key === 'ArrowDown' && wanted > last) return isInLastRow(place) ? place.index : last;
  if (key === 'ArrowUp' && wanted < 0) return place.index;
  return Math.min(last, Math.max(0, wanted));
}

function stepOf(key: string, { columns, rowsInView, total, isRightToLeft }: GridPlace): number | null {
  const forward = isRightToLeft ? -1 : 1;
  const page = columns * Math.max(1, rowsInView - 1);
  switch (key) {
    case 'ArrowDown':
      return columns;
    case 'ArrowUp':
      return -columns;
    case 'ArrowRight':
      return columns === 1 ? null : forward;
    case 'ArrowLeft':
      return columns === 1 ? null : -forward;
    case 'Home':
      return -total;
    case 'End':
      return total;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    default:
      return null;
  }
}

const isInLastRow = ({ index, total, columns }: GridPlace): boolean =>
  Math.floor(index / columns) === Math.floor((total - 1) / columns);

/** How many cards of at least `least` px lie side by side. */
export const columnsFor = (width: number, least: number, gap: number): number =>
  Math.max(1, Math.floor((width + gap) / (least + gap)));
