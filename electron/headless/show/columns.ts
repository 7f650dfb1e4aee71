/** Lists that a person reads: cells that stand below each other. Pure. */
import { widthOf } from './safe-text.ts';

export interface ListRow {
  readonly cells: readonly string[];
  /** Lines of its own, under the cells. */
  readonly below?: readonly string[];
}

const gap = '  ';

/** Every column as wide as its widest cell, by the columns that a terminal gives it; nothing trails. */
export function alignRows(rows: readonly ListRow[]): readonly string[] {
  const widths: number[] = [];
  for (const { cells } of rows) {
    for (const [index, cell] of cells.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  const pad = (cell: string, index: number) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell));
  return rows.flatMap(({ cells, below = [] }) => [
    cells.map(pad).join(gap).trimEnd(),
    ...below.map((line) => `    ${line}`),
  ]);
}
