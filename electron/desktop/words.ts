/** Every sentence that the desktop says outside its windows. */
import { explainFailure, type Failure } from '#shared/failure.ts';
import { aboutText, counted, isolated, shownName, sizeText } from './status/shown-text.ts';

const app = 'Hoist';
const files = (count: number) => counted(count, 'file');
const need = (count: number) => `${files(count)} ${count === 1 ? 'needs' : 'need'} you`;

export const trayWords = {
  starting: `${app} is starting`,
  idle: `${app}: nothing to do`,
  paused: 'Paused',
  pausedWith: (waiting: number) => `Paused · ${files(waiting)} waiting`,
  needYou: need,
  blocked: (name: string) => `${isolated(name)} needs you`,
  sending: (count: number) => `Sending ${files(count)}`,
  waiting: (count: number) => `${files(count)} waiting`,
  left: (remainingMs: number) => aboutText(remainingMs),
  speed: (bytesPerSecond: number) => `${sizeText(bytesPerSecond)}/s`,
  open: `Open ${app}`,
  add: 'Add files…',
  pause: 'Pause all uploads',
  resume: 'Resume all uploads',
  lastLinks: 'Last links (click to copy)',
  noLinks: 'No links yet',
  needYouItem: (count: number) => `Needs you (${count})…`,
  settings: 'Settings…',
  quit: `Quit ${app}`,
  notCopied: (missing: number, of: number) =>
    of === 1 ? 'The link was not copied' : `${counted(missing, 'link')} of ${of} could not be copied`,
} as const;

export const menuWords = {
  file: '&File',
  edit: '&Edit',
  view: '&View',
  queue: '&Queue',
  help: '&Help',
  addFiles: 'Add Files…',
  addFolder: 'Watch a Folder…',
  addDestination: 'Add a Destination…',
  newWindow: 'New Window',
  close: 'Close Window',
  settings: 'Settings…',
  quit: `Quit ${app}`,
  palette: 'Find a Command…',
  uploads: 'Uploads',
  links: 'Links',
  folders: 'Watch Folders',
  destinations: 'Destinations',
  pause: 'Pause Everything',
  resume: 'Resume Everything',
  retry: 'Try All Failed Files Again',
  scan: 'Scan All Watch Folders',
  explain: 'Explain a File…',
  keys: 'Show All Keys',
  logs: 'Show the Log Folder',
} as const;

/** Up to this many files are told by their names. */
const named = 3;
const longestName = 80;
const nameOf = (name: string) => isolated(shownName(name, longestName));

export const notifyWords = {
  finished: (count: number, names: readonly string[]) =>
    count === 1 ? `${nameOf(names[0] ?? '')} is uploaded` : `${files(count)} uploaded`,
  needYou: (count: number, names: readonly string[]) =>
    count === 1 ? `${nameOf(names[0] ?? '')} needs you` : need(count),
  failed: (count: number, names: readonly string[]) =>
    count === 1 ? `${nameOf(names[0] ?? '')} failed` : `${files(count)} failed`,
  /** The names of a few, or nothing: a list of hundreds tells nobody anything. */
  names: (count: number, names: readonly string[]) =>
    count > 1 && count <= named ? names.map((name) => shownName(name, longestName)).join('\n') : '',
  to: (destination: string) => `To ${isolated(shownName(destination, longestName))}`,
  /** Of many with the same reason, and of one. */
  reason: (failure: Failure) => {
    const { reason, hint } = explainFailure(failure);
    return `${reason} ${hint}`;
  },
  blocked: (destination: string) => `${isolated(shownName(destination, longestName))} needs you`,
  copy: (count: number) => (count === 1 ? 'Copy link' : 'Copy links'),
  notAdded: (count: number) => `${files(count)} could not be added`,
} as const;

export const badgeWords = { needYou: need } as const;

export const quitWords = {
  /** `bytes` have gone and will go again. */
  message: (count: number) =>
    `${files(count)} ${count === 1 ? 'is' : 'are'} on ${count === 1 ? 'its' : 'their'} way`,
  detail: (count: number, bytes: number) =>
    bytes === 0
      ? `${count === 1 ? 'It begins' : 'They begin'} again at the next start. Nothing is lost.`
      : `${sizeText(bytes)} of ${count === 1 ? 'it' : 'them'} will be sent again from the start. Nothing is lost.`,
  quit: 'Quit',
  stay: 'Keep running in the background',
  stayOpen: 'Keep running',
} as const;

export const keyWords = {
  weak: 'This system has no keychain that Hoist can use, so the keys of your services are kept in a file that only you can read (hoist.key in the data directory).',
  locked:
    'The keychain did not answer, so the stored keys of your services cannot be opened now. Unlock it and start Hoist again, or enter them again. Nothing was deleted.',
} as const;

export const crashWords = {
  title: 'Hoist has to stop',
  text: (log: string) =>
    `Something went wrong inside Hoist. Nothing is lost: start it again, and it goes on where it was.\n\nThe details are in ${log}`,
  noLog: 'the log (which could not be written)',
} as const;

export const updateWords = {
  message: (version: string) => `Hoist ${version} is ready`,
  detail: 'It is put in place when Hoist is started again. Files that are waiting go on after that.',
  restart: 'Restart now',
  later: 'Later',
} as const;

export const loginWords = {
  comment: 'Starts Hoist when you log in',
  failed: (why: string) => `Hoist could not be set to start at login (${why}).`,
} as const;
