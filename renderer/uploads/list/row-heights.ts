import type { JobListView } from '../../live/job-list.ts';
import { rowReason } from '../row/row-words.ts';
import type { SeenRows } from './skipped-rows.ts';

export const heights = { comfortable: 52, compact: 32 } as const;
const lineHeight = 15;
/** A second line of a reason would touch the lines between the rows. */
const airOfLines = 10;

/** How many lines a text takes, broken between words. `measure`: the width of a text in px. */
export function linesOf(text: string, width: number, measure: (text: string) => number): number {
  let lines = 1;
  let used = 0;
  const space = measure(' ');
  for (const word of text.split(' ')) {
    const own = measure(word);
    if (used > 0 && used + space + own > width) {
      lines++;
      used = own;
    } else {
      used += (used > 0 ? space : 0) + own;
    }
  }
  return lines;
}

export const heightOf = (lines: number): number =>
  lines < 2 ? heights.comfortable : heights.comfortable + airOfLines + (lines - 2) * lineHeight;

/**
 * The rows that need more than the usual height, so that no reason is cut; by the row as it is seen. Only of rows that are
 * here: the others are not on the screen.
 */
export function tallRows(
  view: JobListView,
  seen: SeenRows,
  linesOfReason: (text: string) => number,
): ReadonlyMap<number, number> {
  const tall = new Map<number, number>();
  for (const place of view.placesWhere((job) => rowReason(job) !== null)) {
    const job = view.at(place);
    const reason = job === undefined ? null : rowReason(job);
    if (reason === null) continue;
    const height = heightOf(linesOfReason(reason.text));
    if (height > heights.comfortable) tall.set(seen.seenAt(place), height);
  }
  return tall;
}
