import { uploadsWords as words } from '../../words/uploads.ts';
import type { Column } from './columns.ts';

/** What a column is called, at its head and where it is chosen. */
export function columnWord(column: Column, when: 'added' | 'completed'): string {
  if (column === 'when') return when === 'added' ? words.columns.added : words.columns.done;
  return words.columns[column];
}
