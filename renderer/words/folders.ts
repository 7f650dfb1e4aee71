import { counted, wholeNumber } from './plural.ts';

/** Watch folders: their page, the dialog with the dry run, and why a path does or does not go up. */
export const folderWords = {
  title: 'Watch folders',
  add: 'Watch a folder',
  scanAll: 'Scan all',
  empty: 'No folder is watched',
  emptyText:
    'Choose a folder, and whatever is written into it goes up by itself as soon as it is complete. Files stay where they are unless you choose otherwise, and nothing is downloaded.',

  leadsTo: 'to',
  goneDestination: 'a destination that was removed',
  pause: 'Pause',
  resume: 'Resume',
  scan: 'Scan now',
  scanning: 'Scanning…',
  edit: 'Edit rules',
  explain: 'Explain a file…',
  remove: 'Remove',
  removed: (name: string) => `${name} is not watched any more`,
  removedText: 'Its files, its uploads and their assets stay.',
  pausedNow: (name: string) => `${name} is paused`,
  show: 'Show',
  resumedNow: (name: string) => `${name} is watched again`,
  scannedAll: (folders: number, found: number) =>
    `${counted(folders, 'folder')} scanned: ${found === 0 ? 'nothing new' : counted(found, 'new file')}`,

  states: {
    watching: 'Watching',
    polling: 'Polling',
    scanning: 'Scanning',
    offline: 'Not there',
    paused: 'Paused',
    unreliable: 'Unreliable',
  },
  pollingMeans: 'This place does not tell of its changes, so Hoist looks through it again and again.',
  offlineMeans: 'Nothing in it counts as deleted. Hoist goes on by itself when it is back.',
  unreliableMeans: 'Hoist looks through it more often.',
  pausedMeans: 'Nothing new goes up from here. What is in the queue goes on.',
  unread: (count: number) =>
    `${counted(count, 'folder')} inside cannot be read; what ${count === 1 ? 'it holds' : 'they hold'} is not known.`,
  missed: (count: number) =>
    `The system did not tell of ${counted(count, 'change')}; scans found ${count === 1 ? 'it' : 'them'}.`,

  lastEvent: 'Last change',
  lastScan: 'Last scan',
  seen: (count: number) => `${counted(count, 'file')} seen`,
  isEmpty: 'nothing is in it yet',
  parts: {
    baseline: (count: number) => `${wholeNumber(count)} left alone`,
    ignored: (count: number) => `${wholeNumber(count)} ignored`,
    settling: (count: number) => `${wholeNumber(count)} being written`,
    jobs: (count: number) => `${wholeNumber(count)} given to the queue`,
  },
  today: 'Today',
  now: 'Now',
  uploaded: (count: number) => `${wholeNumber(count)} uploaded`,
  active: (count: number) => `${wholeNumber(count)} on the way`,
  waiting: (count: number) => `${wholeNumber(count)} waiting`,
  needsYou: (count: number) => `${wholeNumber(count)} ${count === 1 ? 'needs' : 'need'} you`,
  failed: (count: number) => `${wholeNumber(count)} failed`,
  found: (files: number, found: number, written: number) =>
    `Looked through ${counted(files, 'file')}: ${found === 0 ? 'nothing new' : `${wholeNumber(found)} new`}${
      written === 0 ? '' : `, ${wholeNumber(written)} being written`
    }.`,
  foundPaused: (files: number) => `Looked through ${counted(files, 'file')}. It is paused: nothing goes up.`,
  foundOffline: 'It is still not there.',

  summary: {
    allFiles: 'All files in all subfolders',
    types: (names: string, isDeep: boolean) =>
      `${names} files ${isDeep ? 'in all subfolders' : 'directly in the folder'}`,
    not: 'not ',
    but: 'but ',
    and: ' and ',
    moreRules: (count: number) => counted(count, 'more rule'),
    newOnly: 'from now on',
    everything: 'also what was there before',
    between: (least: string, most: string) => `from ${least} to ${most}`,
    atLeast: (least: string) => `from ${least} on`,
    atMost: (most: string) => `up to ${most}`,
    still: (time: string) => `unchanged for ${time}`,
    ignoreChanged: 'never a second time',
    askChanged: 'asks before a changed file goes up again',
    moveTo: 'then move to ',
    trash: 'then into the trash',
  },
} as const;

/** The dialog. */
export const folderFormWords = {
  newTitle: 'Watch a folder',
  editTitle: (name: string) => `Edit the rules of ${name}`,
  text: 'New files in it go up by themselves. They stay where they are unless you choose otherwise, and nothing is downloaded.',
  editText: 'The rules hold for what comes from now on. What is in the queue goes on as it is.',
  addIt: 'Watch this folder',
  save: 'Save',
  saved: (name: string) => `The rules of ${name} are saved`,
  added: (name: string) => `${name} is watched`,
  refused: 'It could not be saved.',

  folder: 'Folder',
  folderHint: 'Its whole path; ~ is your home folder.',
  folderFixed: 'A watched folder keeps its path. To watch a different one, add it as a new watch folder.',
  folderNeeded: 'Choose a folder.',
  browse: 'Browse…',
  browseTitle: 'Choose a folder',
  breadcrumbs: 'Where this folder is',
  choose: 'Choose this folder',
  noFolders: 'No folders in here.',
  isCut: (count: number) => `The first ${wholeNumber(count)}. Type the path to get to the others.`,

  destination: 'Destination',
  destinationNeeded: 'Choose a destination.',
  addDestination: 'Add a destination…',

  existing: 'Start with',
  newOnly: 'New and changed files',
  newOnlyHint: (files: number) =>
    `${counted(files, 'file')} that ${files === 1 ? 'is' : 'are'} there now ${files === 1 ? 'is' : 'are'} left alone`,
  newOnlyAtFirst: 'What is there now is left alone',
  newOnlyThen: 'What was there before is left alone',
  everything: 'Everything that is there',
  everythingHint: (files: number, size: string) => `${counted(files, 'file')}, ${size}`,
  everythingBut: (files: number, others: number) =>
    `${counted(files, 'file')} now; ${wholeNumber(others)} more would need you`,
  everythingAtFirst: 'What is there now goes up, too',
  everythingThen: 'What was there before goes up, too',
  existingFixed: 'This was chosen when the folder was added, and cannot be changed.',

  after: 'After upload',
  keep: 'Keep the original',
  move: 'Move the original to a folder',
  trash: 'Move the original to the trash',
  trashOnDesktop: 'Move it to the trash: only in the desktop app',
  trashNeedsDesktop: 'Only the desktop app can use the trash.',
  needsProof: (name: string) =>
    `${name} does not confirm that it keeps a file for good, so originals stay where they are.`,
  moveTo: 'Move to',
  moveToHint: 'Without a slash at its start it is inside the watch folder, and is not watched itself.',
  moveToNeeded: 'Name a folder.',
  movedName: 'uploaded',

  more: 'More rules',
  ignore: 'Leave out',
  ignoreHint:
    'One rule a line, as in a .gitignore file: *.psd leaves out a type, drafts/ a folder, !keep.psd lets one in again.',
  smallest: 'Smallest file',
  largest: 'Largest file',
  sizeHint: 'Such as 500 kB or 2 GB; empty: no limit.',
  sizeWrong: 'Write a size such as 500 kB or 2 GB.',
  sizesCross: 'The smallest is larger than the largest.',
  settle: 'Unchanged for',
  settleHint: 'A file that has not changed for this long counts as complete.',
  seconds: 's',
  changed: 'When a file changes later',
  changedNew: 'Send it again as a new asset',
  changedIgnore: 'Leave it',
  changedAsk: 'Ask me',
  askNeedsDesktop: 'Ask me: only in the desktop app',
} as const;

/** The dry run beside the form. */
export const dryRunWords = {
  title: 'Dry run',
  took: (time: string) => `${time} · a dry run uploads nothing`,
  nothingUploaded: 'A dry run uploads nothing',
  running: 'Looking…',
  again: 'Look again',
  idle: 'Choose a folder to see what would go up.',
  failed: 'It cannot be watched',
  cannotTry: 'It cannot be tried',
  wouldGo: 'would go up',
  stay: 'left alone',
  fit: 'fit the rules',
  ignored: 'ignored',
  needYou: (count: number) => (count === 1 ? 'needs you' : 'need you'),
  newOnly: 'From now on, new and changed files go up.',
  notTaken: (files: number) => `The destination would not take ${wholeNumber(files)} of them as they are.`,
  nothingThere: 'No files are in it now. What is written into it goes up.',
  allIgnored: 'The rules leave out everything that is in it now.',
  moreFiles: (count: number) => `and ${counted(count, 'more file')}`,
  more: (count: number) => `+ ${wholeNumber(count)} more`,
  limit: (size: string, limit: string) => `${size}, limit ${limit}`,
  emptyFile: 'an empty file',
  typeRefused: (kinds: string) => `${kinds} are not taken`,
  nameRefused: 'its name is not taken',
  by: (count: number, rule: string) => `${count === 1 ? '' : `${wholeNumber(count)} `}left out by “${rule}”`,
  because: (count: number, reason: string) => (count === 1 ? reason : `${wholeNumber(count)}: ${reason}`),
  list: 'What is in the folder',
  /** Over what is there before a folder is watched that takes new files only. */
  stays: 'There already, not sent',
  /** Over what the rules leave out of it. */
  leftOut: 'Ignored',
  knownStay:
    'That is what these rules take. What went up already, or was left alone when the folder was added, does not go up now.',
} as const;

export const explainWords = {
  title: 'Explain a file',
  text: 'Why a file goes up, or why it does not.',
  path: 'File',
  pathHint: 'Its whole path; ~ is your home folder. The file may be gone by now.',
  pathPartial: 'Type the whole path, or begin with ~ for your home folder.',
  ask: 'Explain',
  asking: 'Looking…',
  because: 'Why',
  rule: 'Rule',
  classes: {
    baseline: 'Left alone',
    ignored: 'Ignored',
    settling: 'Being written',
    job: 'Given to the queue',
    unseen: 'Not seen',
  },
  jobs: 'Its uploads',
  moreJobs: (count: number) => `and ${counted(count, 'more upload')}`,
  showJob: (name: string) => `Show ${name}`,
  jobTo: (destination: string) => `to ${destination}`,
  sendNow: 'Send it now',
  sentNow: (name: string) => `${name} goes up now`,
} as const;

export const folderCommandWords = {
  scanAll: 'Scan all watch folders',
  explain: 'Explain a file…',
  pause: (name: string) => `Pause ${name}`,
  resume: (name: string) => `Resume ${name}`,
  also: 'watch folder',
} as const;
