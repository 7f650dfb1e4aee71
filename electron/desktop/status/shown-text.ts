/** Names and numbers as menus, tooltips and notifications show them. Pure. */
import prettyBytes from 'pretty-bytes';

/** Controls, and what turns the direction of the text around it: a name must not rearrange a sentence of ours. */
const obeyed = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Surrogate}]/gu;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A file's name in at most `longest` characters: its middle gives way, because names differ at both ends. */
export function shownName(name: string, longest: number): string {
  const base = name.split(/[\\/]/).at(-1) ?? name;
  const parts = [...graphemes.segment(base.replace(obeyed, '\uFFFD'))].map(({ segment }) => segment);
  if (parts.length <= longest) return parts.join('');
  const tail = Math.floor((longest - 1) / 2);
  return `${parts.slice(0, longest - 1 - tail).join('')}…${parts.slice(parts.length - tail).join('')}`;
}

/** A name inside a sentence, whichever direction its letters have (Unicode's first strong isolate). */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

/** A single & marks the letter that opens a menu item. */
export const menuText = (text: string): string => text.replaceAll('&', '&&');

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** "1 file", "1,204 files". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${whole.format(count)} ${count === 1 ? one : many}`;

/** "4.8 GB": decimal units, as file managers and network speeds count. */
export const sizeText = (bytes: number): string =>
  prettyBytes(Math.max(0, Math.round(bytes)), { maximumFractionDigits: 1 });

/** "about 9 min": no more exact than it can be. */
export function aboutText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 90) return `about ${minutes} min`;
  return minutes < 48 * 60
    ? `about ${Math.round(minutes / 60)} h`
    : `about ${Math.round(minutes / 1440)} days`;
}
