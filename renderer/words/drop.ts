import { counted, plural, wholeNumber } from './plural.ts';

/** Giving files to Hoist: dragging, dropping, pasting, and what came of it. */
export const dropWords = {
  bringing: (files: number) => `Bringing ${counted(files, 'file')} to Hoist…`,
  share: (percent: number) => `${percent} %`,

  added: (files: number, name: string) => `${counted(files, 'file')} added to ${name}`,
  addedOne: (file: string, name: string) => `${file} added to ${name}`,
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

  missing: (files: number, path: string) =>
    files === 1 ? `There is no file at ${path}` : `${counted(files, 'file')} are not there any more`,

  noDestination: 'There is no destination to send files to.',
  addDestination: 'Add one',

  title: (items: number | null, place: string) =>
    items === null ? `Upload to ${place}` : `Upload ${counted(items, 'item')} to ${place}`,
  choose: (items: number | null) =>
    items === null
      ? 'Let go, and choose where to upload'
      : `Let go, and choose where to upload ${counted(items, 'item')}`,
  altHint: 'Let go over one of these, or hold Alt to be asked where to upload',
  more: (count: number) => `${counted(count, 'more destination')}: hold Alt to be asked where to upload`,
  here: (place: string) => `Upload to ${place}`,
  willNotTake: (service: string, types: string) =>
    `${service} does not take ${types}. They wait until you send them elsewhere.`,
  blocked: (name: string) => `${name} needs you first. Files wait until then.`,
  paused: (name: string) => `${name} is paused. Files wait until it goes on.`,
  noKey: (name: string) => `${name} has no key yet. Files wait until you enter it.`,
  /** Beside the name, where there may be little room. */
  slowedDown: (time: string | null) => `Asks Hoist to slow down. Files wait until ${time ?? 'it goes on'}.`,
  unreachable: 'Cannot be reached. Files wait until it answers.',
  diskFull: 'The disk is full. Files wait until there is room.',
  everythingPaused: 'Everything is paused. Files wait until you resume.',

  /** Instead of a place, while nobody is there who could take files. */
  notRunning: 'Hoist is not running. Give the files again when it is back.',

  askTitle: 'Upload files',
  counting: (files: number) => `Counting… ${counted(files, 'file')} so far`,
  found: (files: number, size: string) => `${counted(files, 'file')}, ${size}`,
  /** Below the files that are named. */
  andMore: (files: number) => `and ${wholeNumber(files)} more`,
  filesLabel: 'Files',
  nothingFound: 'There is nothing in there to upload.',
  inFolders: (folders: readonly string[]) =>
    folders.length <= 2
      ? `In ${folders.join(' and ')}`
      : `In ${folders.slice(0, 2).join(', ')} and ${counted(folders.length - 2, 'more folder')}`,
  litter: (files: number) => `${counted(files, 'hidden or unfinished file')} left out`,
  unreadable: (entries: number) => `${wholeNumber(entries)} could not be read`,
  uncounted: (folders: number) =>
    `${counted(folders, 'folder')} could not be counted; what is in there is found while it is added`,
  queuedAnyway: 'They come into the list with the others, and stay there with this reason.',
  uploadAll: 'Upload everything in there now',
  to: 'To',
  notTaken: (files: number, reason: string, example: string) =>
    files === 1 ? `${example}: ${reason}` : `${counted(files, 'file')}, ${example} among them: ${reason}`,
  noneTaken: 'It takes none of them. Choose another destination.',
  uploadThese: (files: number) =>
    files === 1 ? 'Upload this file now' : `Upload these ${wholeNumber(files)} files now`,
  uploadOthers: (files: number) =>
    files === 1 ? 'Upload the other file' : `Upload the other ${counted(files, 'file')}`,
  limit: (size: string) => `Its limit is ${size}.`,
  watchInstead: 'Watch a folder instead…',
  watchHint: 'To watch it, you choose the folder once more: a browser does not say where it is.',
} as const;
