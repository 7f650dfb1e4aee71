/** Names and texts from elsewhere, made safe for a terminal and cut to a width. Pure. */
import stringWidth from 'string-width';

/**
 * What a terminal would obey instead of show: C0 and C1 controls (escape sequences begin with them), and the Unicode
 * controls that turn the direction of the text around them. Line and paragraph separators would break a line.
 */
const obeyed = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const lonelySurrogate = /\p{Surrogate}/gu;

/** One line that shows every character and obeys none. */
export const safeLine = (text: string): string =>
  text.replace(obeyed, '\uFFFD').replace(lonelySurrogate, '\uFFFD');

/** The same for texts that may have lines of their own (templates of the user's). */
export const safeLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.split('\t').map(safeLine).join('\t'))
    .join('\n');

/** Made where a text is too long: it takes longer than all else that a start has to make. */
let graphemes: Intl.Segmenter | null = null;
function split(text: string): readonly string[] {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return [...graphemes.segment(text)].map((part) => part.segment);
}

/** Columns that a terminal gives the text. */
export const widthOf = (text: string): number => stringWidth(text);

/** The text in at most `columns` columns: its middle gives way, because names differ at both ends. */
export function cutMiddle(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 2) return columns === 1 ? '…' : '';
  const parts = split(text);
  const room = columns - 1;
  const tail = takeWhileFits(parts.toReversed(), Math.floor(room / 2)).toReversed();
  const head = takeWhileFits(parts, room - widthOf(tail.join('')));
  return `${head.join('')}…${tail.join('')}`;
}

/** The text in at most `columns` columns: its end gives way. */
export function cutEnd(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 1) return '';
  return `${takeWhileFits(split(text), columns - 1).join('')}…`;
}

/** The text in exactly `columns` columns. */
export function fitMiddle(text: string, columns: number): string {
  const cut = cutMiddle(text, columns);
  return cut + ' '.repeat(Math.max(0, columns - widthOf(cut)));
}

function takeWhileFits(parts: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += widthOf(part);
    if (used > columns) break;
    taken.push(part);
  }
  return taken;
}
