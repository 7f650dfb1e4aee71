import { counted, plural, wholeNumber } from './plural.ts';

/** Giving files to Hoist: dragging, dropping, pasting, and what came of it. */
export const dropWords = {
  bringing: (files: number) => `Bringing ${counted(files, 'file')} to Hoist…`,
  share: (percent: number) => `${percent} %`,

  added: (files: number, name: string) => `${counted(files, 'file')} added to ${name}`,
  addedNone: 'Nothing was added',
  alreadyUp: (files: number) =>
    `${wholeNumber(files)} ${plural(files, { one: 'was', other: 'were' })} up already: ${plural(files, { one: 'its link is', other: 'their links are' })} in the list.`,
  alreadyQueued: (files: number) =>
    `${wholeNumber(files)} ${plural(files, { one: 'was', other: 'were' })} in the queue already.`,
  refused: (files: number, reason: string, name: string) =>
    files === 1 ? `${name}: ${reason}` : `${counted(files, 'file')}: ${reason}`,
  refusedMore: (files: number) =>
    `${counted(files, 'more file')} ${plural(files, { one: 'was', other: 'were' })} refused.`,
  leftOut: (files: number) =>
    `${counted(files, 'file')} ${plural(files, { one: 'was', other: 'were' })} left out by rules.`,
  failed: 'The files could not be added.',
} as const;
