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

type Widths = Readonly<Record<Exclude<Column, 'file'>, number>>;

/** In px of the 13 px type; the file takes the rest. */
const wide: Widths = {
  select: 16,
  // Its numbers end where the next column begins: between them is more than the gap.
  size: 82,
  progress: 172,
  state: 118,
  when: 84,
  destination: 130,
  actions: 92,
};
/** The likely actions are in the menu only. What cures a row stands half before it, where no state is so wide. */
const narrowActions = 33;
/** So much of the room below a name that takes. */
const cureRoom = 20;
/** The longest time that something took, behind the marks of the stages. */
const narrowProgress = 155;
/** The widest of its words, where it says no percent. */
const narrowState = 104;
const fileLeast = 150;
/** Names are what people look for: bars are shorter before these are. */
const fileWanted = 230;
/** Where the file has more, all share it: a name would stand too far from its size and state to be read as one line. */
const fileEnough = 600;
/** Of what is shared, how many parts a column gets. */
const shares: Widths & { readonly file: number } = {
  select: 0,
  file: 3,
  size: 1,
  progress: 2,
  state: 1,
  when: 1,
  destination: 2,
  actions: 0,
};
const pictures = { comfortable: 34, compact: 20 } as const;
const gap = 10;
/** Padding of a row, at both ends. */
const edges = 30;
/** Lines are counted from 1: select, picture, file. */
const fileEndLine = 4;

export interface Layout {
  readonly columns: readonly Column[];
  /** The grid line at which a column begins, counted from 1; the file's is that of its name. Undefined: it is not shown. */
  lineOf(column: Column): number | undefined;
  /** For grid-template-columns: the columns, and the picture as a track of its own before the file. */
  readonly template: string;
  /** How wide the room of the name is, in px. */
  readonly fileWidth: number;
  /** The grid line at which the room of a reason beside the name ends: it may take that of size and progress too. */
  readonly besideEnd: number;
  /** The same of a reason below the name, where all but the actions stand above it. */
  readonly belowEnd: number;
  /** How much of that room, at its end, a button stands in, in px. */
  readonly belowInset: number;
  /** How wide the rest of it is, in px. */
  readonly belowWidth: number;
  /** Columns that nobody has hidden, and that have no room. */
  readonly leftOut: readonly HideableColumn[];
  /** The likely actions have room beside the menu. */
  readonly hasLikely: boolean;
}

interface Attempt {
  readonly shown: readonly Column[];
  readonly widths: Widths;
}

interface Sacrifice {
  /** Made where the file has less room, in px. */
  readonly below: number;
  make(attempt: Attempt): Attempt;
}

/** What is given up, one after the other. */
const sacrifices: readonly Sacrifice[] = [
  { below: fileWanted, make: shortenBar },
  { below: fileLeast, make: drop('destination') },
  { below: fileLeast, make: drop('when') },
  { below: fileLeast, make: drop('size') },
  { below: fileLeast, make: narrow({ actions: narrowActions }) },
  { below: fileLeast, make: dropProgress },
];

function narrow(to: Partial<Widths>): (attempt: Attempt) => Attempt {
  return ({ shown, widths }) => ({ shown, widths: { ...widths, ...to } });
}

function drop(column: Column): (attempt: Attempt) => Attempt {
  return ({ shown, widths }) => ({ shown: shown.filter((other) => other !== column), widths });
}

/** As long as the bar says the percent, the state says none. */
function shortenBar(attempt: Attempt): Attempt {
  if (!attempt.shown.includes('progress')) return attempt;
  return narrow({ progress: narrowProgress, state: narrowState })(attempt);
}

/** The state says the percent then. */
function dropProgress(attempt: Attempt): Attempt {
  return narrow({ state: wide.state })(drop('progress')(attempt));
}

/** What fits into a width, of what is not hidden. */
export function layoutOf(width: number, hidden: readonly HideableColumn[], isCompact: boolean): Layout {
  const picture = isCompact ? pictures.compact : pictures.comfortable;
  const roomOfFile = (attempt: Attempt) =>
    width - edges - picture - fixedWidth(attempt) - gap * attempt.shown.length;
  let attempt: Attempt = {
    shown: columns.filter((column) => !hidden.some((other) => other === column)),
    widths: wide,
  };
  for (const { below, make } of sacrifices) if (roomOfFile(attempt) < below) attempt = make(attempt);
  const { shown } = attempt;
  const hasLikely = attempt.widths.actions > narrowActions;
  const belowInset = hasLikely ? 0 : cureRoom;
  const widths = widerBy(attempt, roomOfFile(attempt) - fileEnough);
  const fileWidth = Math.max(0, roomOfFile({ shown, widths }));
  const given = (['size', 'progress'] as const).filter((column) => shown.includes(column));
  const above = (['size', 'progress', 'state', 'when', 'destination'] as const).filter((column) =>
    shown.includes(column),
  );
  // The picture has a track of its own, before the file.
  const lines = new Map(shown.map((column, index) => [column, index === 0 ? 1 : index + 2]));
  return {
    columns: shown,
    lineOf: (column) => lines.get(column),
    template: shown
      .map((column) => (column === 'file' ? `${picture}px minmax(0,1fr)` : `${widths[column]}px`))
      .join(' '),
    besideEnd: fileEndLine + given.length,
    belowEnd: fileEndLine + above.length,
    fileWidth,
    belowInset,
    belowWidth: above.reduce((sum, column) => sum + gap + widths[column], fileWidth - belowInset),
    leftOut: hideableColumns.filter((column) => !hidden.includes(column) && !shown.includes(column)),
    hasLikely,
  };
}

/** The columns beside the file, with their parts of so many px; where there are none to share, as they are. */
function widerBy({ shown, widths }: Attempt, px: number): Widths {
  if (px <= 0) return widths;
  const parts = shown.reduce((sum, column) => sum + shares[column], 0);
  const grown = (column: Exclude<Column, 'file'>) =>
    widths[column] + Math.floor((px * shares[column]) / parts);
  return {
    select: grown('select'),
    size: grown('size'),
    progress: grown('progress'),
    state: grown('state'),
    when: grown('when'),
    destination: grown('destination'),
    actions: grown('actions'),
  };
}

const fixedWidth = ({ shown, widths }: Attempt): number =>
  shown.reduce((sum, column) => (column === 'file' ? sum : sum + widths[column]), 0);
