/** Chromium draws nothing below 2^25 px; some room stays for rows that are higher than others. */
const tallestList = 30_000_000;

/** How many rows of this height in px stand below each other; a longer list is shown in parts of so many. */
export const rowsOfPart = (rowHeight: number): number => Math.floor(tallestList / rowHeight);

export interface ListPart {
  /** The first row of the part, of all rows. */
  readonly base: number;
  readonly count: number;
  /** Rows before it and after it, which other parts show. */
  readonly before: number;
  readonly after: number;
}

/** The part that holds a row; of a list that has grown shorter, its last. `most`: rows of one part. */
export function partOf(row: number, total: number, most: number): ListPart {
  const within = Math.max(0, Math.min(row, total - 1));
  const base = Math.floor(within / most) * most;
  const count = Math.min(most, total - base);
  return { base, count, before: base, after: total - base - count };
}
