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
const pictures = { comfortable: 34, compact: 20 } as const;
/** Lines are counted from 1: select, picture, file. */
const fileEndLine = 4;
const gap = 10;
const edges = 28;

/** Given up first to last where there is no room. */
const dispensable: readonly HideableColumn[] = ['destination', 'when', 'progress', 'size'];

export interface Layout {
  readonly columns: readonly Column[];
  /** The grid line at which a column begins, counted from 1; the file's is that of its name. Undefined: it is not shown. */
  lineOf(column: Column): number | undefined;
  /** For grid-template-columns: the columns, and the picture as a track of its own before the file. */
  readonly template: string;
  /** The grid line at which the room of a reason ends: it may take that of size and progress too. */
  readonly reasonEnd: number;
  /** The likely actions have room beside the menu. */
  readonly hasLikely: boolean;
}

/** What fits into a width, of what is not hidden. */
export function layoutOf(width: number, hidden: readonly HideableColumn[], isCompact: boolean): Layout {
  const isHidden = (column: Column) => hidden.some((other) => other === column);
  const picture = isCompact ? pictures.compact : pictures.comfortable;
  let shown: readonly Column[] = columns.filter((column) => !isHidden(column));
  let hasLikely = true;
  const needed = () =>
    shown.reduce((sum, column) => sum + widthOf(column, hasLikely), 0) + picture + gap * shown.length + edges;
  for (const column of dispensable) {
    if (needed() <= width) break;
    shown = shown.filter((other) => other !== column);
  }
  if (needed() > width) hasLikely = false;
  const template = shown
    .map((column) => (column === 'file' ? `${picture}px minmax(0,1fr)` : `${widthOf(column, hasLikely)}px`))
    .join(' ');
  const given = shown.filter((column) => column === 'size' || column === 'progress').length;
  // The picture has a track of its own, before the file.
  const lines = new Map(shown.map((column, index) => [column, index === 0 ? 1 : index + 2]));
  return {
    columns: shown,
    lineOf: (column) => lines.get(column),
    template,
    reasonEnd: fileEndLine + given,
    hasLikely,
  };
}

function widthOf(column: Column, hasLikely: boolean): number {
  if (column === 'file') return fileLeast;
  if (column === 'actions') return hasLikely ? actionsWide : actionsNarrow;
  return widths[column];
}
