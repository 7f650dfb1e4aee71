import type { StateName } from '#shared/job.ts';
import { counted, plural, wholeNumber } from './plural.ts';
import { stepWords } from './steps.ts';

/** The queue: its tabs, its rows, and what can be done with them. */
export const uploadsWords = {
  title: 'Uploads',
  search: 'Search files',
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  addFiles: 'Add files',
  addFilesTo: (name: string) => `Add files to ${name}`,
  addFolder: 'Add the files of a folder…',
  target: (name: string) => `Files go to ${name}. Other places`,
  addDestination: 'Add a destination…',
  watchFolder: 'Watch a folder',

  tabsLabel: 'Which files',
  tabs: {
    active: 'Active',
    waiting: 'Waiting',
    needsYou: 'Needs you',
    failed: 'Failed',
    done: 'Done',
    all: 'All',
  },

  chips: {
    destination: (name: string) => `To ${name}`,
    folder: (name: string) => `From ${name}`,
    completedToday: 'Uploaded today',
    completedSince: (day: string) => `Uploaded since ${day}`,
    remove: (what: string) => `Remove the filter: ${what}`,
    label: 'Filtered by',
  },

  overall: {
    label: 'All together',
    files: (done: number, total: number) => `${wholeNumber(done)} of ${counted(total, 'file')}`,
    since: 'What was uploaded today, and all that goes by itself',
    done: (count: number) => `${wholeNumber(count)} done today`,
    active: (count: number) => `${wholeNumber(count)} on the way`,
    waiting: (count: number) => `${wholeNumber(count)} waiting`,
    needsYou: (count: number) =>
      `${wholeNumber(count)} ${plural(count, { one: 'needs', other: 'need' })} you`,
    failed: (count: number) => `${wholeNumber(count)} failed`,
    left: (time: string) => `${time} left`,
    /** Behind the time left: those that wait to be tried again, or for their destination. */
    waits: (count: number) =>
      `and ${wholeNumber(count)} ${plural(count, { one: 'waits', other: 'wait' })} longer`,
    notCounted: (parts: readonly string[]) => `not counted: ${parts.join(', ')}`,
    /** The same where there is less room. */
    withTrouble: (count: number) => `+ ${wholeNumber(count)} with trouble`,
    graphName: 'Speed',
    graph: (time: string, now: string, most: string) =>
      `Speed over the last ${time}: ${now} now, ${most} at most`,
  },

  columns: {
    file: 'File',
    size: 'Size',
    progress: 'Progress',
    state: 'State',
    added: 'Added',
    done: 'Done',
    destination: 'Destination',
    actions: 'Actions',
    select: 'Select',
  },
  view: {
    label: 'View',
    columns: 'Columns',
    compact: 'Compact rows',
    noRoom: 'no room for its column',
  },
  gridLabel: (tab: string) => `Files, ${tab}`,
  selectRow: (name: string) => `Select ${name}`,
  selectAll: 'Select all',
  loadingRow: 'Loading…',

  states: {
    queued: 'Waiting',
    reserving: 'Reserving',
    inspecting: 'Checking',
    uploading: 'Sending',
    completing: 'Confirming',
    processing: 'Processing',
    waiting: 'Waiting',
    paused: 'Paused',
    blocked: 'Needs you',
    completed: 'Ready',
    failed: 'Failed',
    canceled: 'Canceled',
  } satisfies Record<StateName, string>,
  /** Where nothing else says how far it came. */
  stateAt: (state: string, share: number) => `${state} ${share}\u00a0%`,
  linkEnded: 'Link expired',
  beingWritten: 'Being written',

  reasonAt: (target: string, sentences: string) => `${target}: ${sentences}`,
  origin: {
    pasted: 'Pasted',
    byHand: 'Added by hand',
    fromFolder: (folder: string) => `Added by hand, from ${folder}`,
    fromWatched: (folder: string) => `Found in the watch folder ${folder}`,
  },
  goesTo: 'to',
  renewed: (times: number) => (times === 1 ? 'upload link renewed' : `upload link renewed ${times}×`),
  renewedWhy: (times: number) =>
    `The upload link expired and was renewed${times === 1 ? '' : ` ${times} times`}. That costs no try.`,
  renewedInShort: (times: number) => (times === 1 ? 'link renewed' : `link renewed ${times}×`),

  stages: stepWords,
  stageOf: (name: string, mark: string) => `${name}: ${mark}`,
  marks: { done: 'done', now: 'now', bad: 'failed', warn: 'needs you', todo: 'to do' },
  progress: {
    asking: 'asking for an upload link',
    inspecting: 'asking what arrived',
    bytesAreThere: 'all bytes are there',
    processing: 'the service is processing it',
    nextIn: (rest: string) => `next try in ${rest}`,
    nextSoon: 'next try any moment',
    tries: (made: number) => `after ${counted(made, 'try', 'tries')}`,
    freeLane: 'waits for a free lane',
    offline: 'offline, resumes by itself',
    allPaused: 'everything is paused',
    destinationPaused: 'its destination is paused',
    destinationBlocked: 'its destination needs you',
    diskFull: 'the disk is full',
    folderGone: 'its folder is not there',
    paused: 'paused',
    gone: 'stands still until Hoist runs',
    took: (time: string) => `took ${time}`,
    restingWhy:
      'The network or the service takes no more at this moment. It goes on by itself; if it does not within a minute, Hoist tries again.',
    value: (share: number, speed: string | null, rest: string | null) =>
      [`${share} %`, speed, rest === null ? null : `${rest} left`].filter((part) => part !== null).join(', '),
  },

  settling: {
    label: 'Files that are still being written',
    growing: (size: string, speed: string) => `${size}, growing by ${speed}`,
    resting: (size: string) => `${size}, not growing: it goes up in a moment`,
    sendNow: 'Send now',
    sendNowOf: (name: string) => `Send now: ${name}`,
    sent: (name: string) => `${name} is in the queue`,
    refused: (name: string) => `${name} was not added`,
    more: (count: number) => `and ${counted(count, 'more file')}`,
  },

  actions: {
    pause: 'Pause',
    resume: 'Resume',
    retry: 'Retry',
    retryWith: 'Retry with options',
    retryFirst: 'Retry before all others',
    sendAsNew: 'Send as a new asset',
    copy: 'Copy link',
    copyKey: 'Copy key',
    copyAs: 'Copy as',
    open: 'Open link',
    showInFolder: 'Show in folder',
    moveToTop: 'Move to top',
    details: 'Details',
    copyReport: 'Copy error report',
    explain: 'Explain this file…',
    sendTo: 'Send to another destination…',
    openDestination: 'Open its destination',
    cancel: 'Cancel upload',
    remove: 'Remove from list',
    more: 'More',
    moreOf: (name: string) => `More about ${name}`,
    of: (action: string, name: string) => `${action}: ${name}`,
  },
  reportCopied: 'Error report copied',
  left: (applied: string, parts: string) => `${applied} ${parts}`,
  leftOut: (count: number, parts: string) => `${wholeNumber(count)} left out: ${parts}.`,
  noLink: 'There is no link yet.',
  noAddress: 'What the service gave is no address that a browser could open.',
  rowsBefore: (count: number) => `Show the ${counted(count, 'file')} before these`,
  rowsAfter: (count: number) => `Show the ${counted(count, 'file')} after these`,
  rangeTooLong: 'A range holds 10,000 files at most. Select all instead.',

  bulk: {
    label: 'Selected files',
    selected: (count: number) => `${wholeNumber(count)} selected`,
    clear: 'Clear the selection',
    some: (word: string, some: number, all: number) =>
      all === 1
        ? word
        : some === all
          ? `${word} ${wholeNumber(all)}`
          : `${word} ${wholeNumber(some)} of ${wholeNumber(all)}`,
    sendTo: (count: number) => `Send ${counted(count, 'file')} to another destination…`,
    retry: 'Retry',
    pause: 'Pause',
    resume: 'Resume',
    copy: 'Copy links',
    cancel: 'Cancel upload',
    remove: 'Remove',
    onlySo: {
      retry: 'Only files that failed, were canceled or need you can be tried again.',
      pause: 'Only files that are not finished can be paused.',
      resume: 'Only paused files can be resumed.',
      copy: 'Only files that are done have a link.',
      cancel: 'Only files that are not finished can be canceled.',
      remove: 'Only finished files can be removed. Cancel the rest first.',
    },
    leavesOut: (action: string, count: number, states: string) =>
      `${action} leaves out ${wholeNumber(count)}: ${states}`,
    inState: (count: number, state: string) => `${wholeNumber(count)}\u00a0${state.toLowerCase()}`,
    didRetry: (count: number) => `${counted(count, 'file')} will be tried again`,
    didPause: (count: number) => `${counted(count, 'file')} paused`,
    didResume: (count: number) => `${counted(count, 'file')} resumed`,
    didCancel: (count: number) => `${counted(count, 'file')} canceled`,
    didMoveToTop: (count: number) => `${counted(count, 'file')} moved to the top`,
    left: (count: number, reason: string) => `${wholeNumber(count)} left alone: ${reason}.`,
    nothing: 'Nothing was changed',
  },

  removed: (count: number) => `${counted(count, 'file')} removed from the list`,
  removedText: 'The files and what was uploaded stay.',
  notRemoved: (count: number) => `${counted(count, 'file')} not finished: cancel first.`,

  empty: {
    nothing: 'Nothing here yet',
    nothingText: 'Drop files anywhere in this window, add them, or let Hoist watch a folder.',
    noMatch: (search: string) => `No file is called “${search}”`,
    noMatchText: 'Search looks at names only.',
    noneInTab: {
      active: 'Nothing is on the way',
      waiting: 'Nothing waits',
      needsYou: 'Nothing needs you',
      failed: 'Nothing has failed',
      done: 'Nothing is done yet',
      all: 'Nothing matches',
    },
    noneText: 'Files in other states are under All.',
    noneNarrowed: 'Nothing matches these filters.',
    showAll: 'Show all',
    quiet: 'All done',
    uploadedToday: (count: number) => `${wholeNumber(count)} uploaded today`,
    copyAll: 'Copy all links',
    failure: 'The list cannot be read',
    gone: 'This list cannot be shown now',
    goneText: 'Hoist is not running. It comes as soon as Hoist is back.',
  },

  told: {
    state: (name: string, state: string) => `${name}: ${state}`,
    allDone: 'Nothing is on the way any more.',
    rest: (needsYou: number, failed: number) =>
      [
        needsYou > 0
          ? `${wholeNumber(needsYou)} ${plural(needsYou, { one: 'needs', other: 'need' })} you.`
          : null,
        failed > 0 ? `${wholeNumber(failed)} failed.` : null,
      ]
        .filter((part) => part !== null)
        .join(' '),
  },

  commands: {
    search: 'Search the uploads',
    copy: 'Copy link',
    copyAs: 'Copy link as…',
    showInFolder: 'Show the file in its folder',
    remove: 'Remove from list',
    selectAll: 'Select all files of the list',
    clear: 'Clear the selection',
    details: 'Show the details',
    retry: 'Retry the selected files',
    tab: (name: string) => `Uploads: ${name}`,
  },
} as const;
