/** What a row can show, in order. The file and the actions are always there. */
export const columns = [
  'select',
  'file',
  'size',
  'progress',
  'state',
  'when',
  'destination',
  'actions',
] as const;
export type Column = (typeof columns)[number];

/** Those that a person can hide. */
export const hideableColumns = ['size', 'progress', 'state', 'when', 'destination'] as const;
export type HideableColumn = (typeof hideableColumns)[number];

/** What the second line of a row says already is hidden at first. */
export const hiddenAtFirst: readonly HideableColumn[] = ['destination'];

/** Widths in px of the 13 px type; the file takes the rest. */
const widths: Readonly<Record<Exclude<Column, 'file' | 'actions'>, number>> = {
  select: 22,
  size: 72,
  progress: 172,
  state: 118,
  when: 84,
  destination: 130,
};
const actionsWide = 92;
const actionsNarrow = 30;
const fileLeast = 190;
const gap = 10;
const edges = 28;

/** Given up first to last where there is no room. */
const dispensable: readonly HideableColumn[] = ['destination', 'when', 'progress', 'size'];

export interface Layout {
  readonly columns: readonly Column[];
  /** For grid-template-columns. */
  readonly template: string;
  /** The likely actions have room beside the menu. */
  readonly hasLikely: boolean;
}

/** What fits into a width, of what is not hidden. */
export function layoutOf(width: number, hidden: readonly HideableColumn[]): Layout {
  const isHidden = (column: Column) => hidden.some((other) => other === column);
  let shown: readonly Column[] = columns.filter((column) => !isHidden(column));
  let hasLikely = true;
  const needed = () =>
    shown.reduce((sum, column) => sum + widthOf(column, hasLikely), 0) + gap * (shown.length - 1) + edges;
  for (const column of dispensable) {
    if (needed() <= width) break;
    shown = shown.filter((other) => other !== column);
  }
  if (needed() > width) hasLikely = false;
  const template = shown
    .map((column) => (column === 'file' ? 'minmax(0,1fr)' : `${widthOf(column, hasLikely)}px`))
    .join(' ');
  return { columns: shown, template, hasLikely };
}

function widthOf(column: Column, hasLikely: boolean): number {
  if (column === 'file') return fileLeast;
  if (column === 'actions') return hasLikely ? actionsWide : actionsNarrow;
  return widths[column];
}
