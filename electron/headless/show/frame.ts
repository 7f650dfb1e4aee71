/** The live display as text: one line per active file, what is held, and a summary. Pure. */
import { hasArrived, type StateName } from '#shared/job.ts';
import { aboutText, clockText, partText, speedText } from './amounts.ts';
import { cutEnd, fitMiddle, safeLine, widthOf } from './safe-text.ts';

export interface FrameFile {
  readonly name: string;
  readonly state: StateName;
  readonly bytesSent: number;
  readonly bytesTotal: number;
  readonly bytesPerSecond: number | null;
}

export interface FrameModel {
  readonly files: readonly FrameFile[];
  /** What stands still and why, one sentence each. */
  readonly remarks: readonly string[];
  /** The last line. */
  readonly summary: string;
}

export interface Summary {
  readonly ended: number;
  readonly all: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly bytesPerSecond: number | null;
  /** Said behind the numbers: "2 failed". */
  readonly remarks: readonly string[];
}

export interface FrameStyle {
  readonly columns: number;
  readonly rows: number;
  readonly isUnicode: boolean;
  readonly paint: (style: 'name' | 'bar' | 'dim' | 'warning', text: string) => string;
}

/** What the file's line says of its stage. */
export const stageWords: Readonly<Partial<Record<StateName, string>>> = {
  reserving: 'Reserving',
  inspecting: 'Checking',
  uploading: 'Sending',
  completing: 'Confirming',
  processing: 'Processing',
};

/** The frame's lines; none is wider than the terminal, and together they are no higher than it. */
export function drawFrame(model: FrameModel, style: FrameStyle): readonly string[] {
  // The last column stays free: some terminals wrap as soon as it is written.
  const columns = Math.max(20, style.columns - 1);
  const remarks = model.remarks
    .slice(0, 3)
    .map((text) => style.paint('warning', cutEnd(safeLine(text), columns)));
  const room = Math.max(1, style.rows - remarks.length - 2);
  const shown = model.files.length > room ? model.files.slice(0, room - 1) : model.files;
  const hidden = model.files.length - shown.length;
  return [
    ...shown.map((file) => drawFile(file, columns, style)),
    ...(hidden > 0 ? [style.paint('dim', cutEnd(`… and ${hidden} more`, columns))] : []),
    ...remarks,
    cutEnd(safeLine(model.summary), columns),
  ];
}

/** From 0 to 1; 1 only when the store has said that it has everything. */
function shareOf({ state, bytesSent, bytesTotal }: FrameFile): number {
  if (hasArrived(state)) return 1;
  return bytesTotal === 0 ? 0 : Math.min(0.99, bytesSent / bytesTotal);
}

const stageColumns = 10;

/** The bar takes what the name can spare of the room that the numbers leave; one that is too short says nothing. */
function barColumnsIn(room: number): number {
  const bar = Math.min(20, Math.floor(room / 2.2), room - 20);
  return bar >= 6 ? bar : 0;
}

/** Name, bar, per cent, speed, time left, stage; a narrow terminal shortens the bar and loses numbers. */
function drawFile(file: FrameFile, columns: number, style: FrameStyle): string {
  const share = shareOf(file);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const stage = (stageWords[file.state] ?? '').padEnd(stageColumns);
  const numbers = `${speedOf(file).padStart(10)}  ${timeLeftOf(file).padStart(7)}`;
  const tail =
    columns >= 60 ? `${percent}  ${numbers}  ${stage}` : columns >= 36 ? `${percent}  ${stage}` : percent;
  const room = columns - widthOf(tail) - 2;
  const barColumns = barColumnsIn(room);
  const nameColumns = room - (barColumns > 0 ? barColumns + 2 : 0);
  const name = style.paint('name', fitMiddle(safeLine(file.name), nameColumns));
  const bar = barColumns > 0 ? `  ${style.paint('bar', drawBar(share, barColumns, style.isUnicode))}` : '';
  return `${name}${bar}  ${tail}`.trimEnd();
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Full to an eighth of a column; plain signs where the terminal has no others. */
function drawBar(share: number, columns: number, isUnicode: boolean): string {
  const filled = Math.round(share * columns * 8);
  const full = Math.floor(filled / 8);
  if (!isUnicode) return `[${'#'.repeat(Math.round(share * (columns - 2))).padEnd(columns - 2, '.')}]`;
  return `${'█'.repeat(full)}${eighths[filled % 8] ?? ''}`.padEnd(columns, '░');
}

const isMoving = (file: FrameFile) => file.state === 'uploading' && (file.bytesPerSecond ?? 0) > 0;

const speedOf = (file: FrameFile): string =>
  isMoving(file) && file.bytesPerSecond !== null ? speedText(file.bytesPerSecond) : '';

const timeLeftOf = (file: FrameFile): string =>
  isMoving(file) && file.bytesPerSecond !== null
    ? clockText(((file.bytesTotal - file.bytesSent) * 1000) / file.bytesPerSecond)
    : '';

/** "14 of 60 · 1.2 of 4.8 GB · 6.1 MB/s · about 9 min". */
export function summaryText(summary: Summary): string {
  const { bytesDone, bytesTotal, bytesPerSecond } = summary;
  const speed = bytesPerSecond ?? 0;
  return [
    `${summary.ended} of ${summary.all}`,
    partText(bytesDone, bytesTotal),
    ...(speed > 0 ? [speedText(speed)] : []),
    ...(speed > 0 && bytesTotal > bytesDone ? [aboutText(((bytesTotal - bytesDone) * 1000) / speed)] : []),
    ...summary.remarks,
  ].join(' · ');
}
