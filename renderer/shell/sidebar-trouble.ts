import type { Tone } from '../ui/pill.tsx';
import { shell } from '../words/shell.ts';

/** How a folder or a destination stands in the sidebar. */
export interface Standing {
  readonly name: string;
  readonly tone: Tone;
  /** What is wrong, in sentences; null: nothing is. */
  readonly trouble: string | null;
}

/** What stands at an icon in place of what there is no room for. */
export interface IconMark {
  readonly tone: Tone;
  readonly text: string;
}

/** More are not read in a tooltip. */
const mostNamed = 3;

/** One mark for all of a group: as bad as the worst of them, and what each one says. Null: all is well. */
export function troubleAmong(entries: readonly Standing[]): IconMark | null {
  const sentences = entries.flatMap(({ name, trouble }) => (trouble === null ? [] : [`${name}: ${trouble}`]));
  if (sentences.length === 0) return null;
  const named = sentences.slice(0, mostNamed);
  const rest = sentences.length - named.length;
  return {
    tone: entries.some(({ tone }) => tone === 'bad') ? 'bad' : 'warn',
    text: [...named, ...(rest > 0 ? [shell.moreWithTrouble(rest)] : [])].join(' '),
  };
}
