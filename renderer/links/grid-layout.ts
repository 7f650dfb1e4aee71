import type { Density } from '#shared/settings.ts';
import { columnsFor } from './grid-moves.ts';
import type { ViewMode } from './view-mode.ts';

/** How the links lie; px. */
export interface GridLayout {
  readonly columns: number;
  readonly rowHeight: number;
  readonly gap: number;
  /** Room around the whole. */
  readonly padding: number;
}

/* rem */
const leastCard = 11.5;
/** A wide window shows larger pictures, and not only more of them. */
const mostColumns = 10;
const cardGap = 0.75;
const cardPadding = 1.125;
/** Four lines of words below a picture. */
const cardWords = 6.5625;
const rowHeights: Readonly<Record<Density, number>> = { comfortable: 3.5, compact: 2.25 };
/** Height of a picture for its width. */
const pictureShape = 0.66;

export function layoutOf(
  mode: ViewMode,
  density: Density,
  { width, rem }: { readonly width: number; readonly rem: number },
): GridLayout {
  if (mode === 'list') return { columns: 1, rowHeight: rowHeights[density] * rem, gap: 0, padding: 0 };
  const gap = cardGap * rem;
  const padding = cardPadding * rem;
  const room = Math.max(0, width - 2 * padding);
  const columns = Math.min(mostColumns, columnsFor(room, leastCard * rem, gap));
  const cardWidth = (room - gap * (columns - 1)) / columns;
  return { columns, rowHeight: Math.round(cardWidth * pictureShape + cardWords * rem), gap, padding };
}
