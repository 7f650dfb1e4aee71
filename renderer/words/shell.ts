import { counted, wholeNumber } from './plural.ts';
import { uploadsWords } from './uploads.ts';

const { overall } = uploadsWords;

/** The frame around all pages: navigation, status bar, connection. */
export const shell = {
  uploads: 'Uploads',
  links: 'Links',
  watchFolders: 'Watch folders',
  destinations: 'Destinations',
  settings: 'Settings',
  addFolder: 'Watch a folder',
  addDestination: 'Add a destination',
  /** Below those that are listed, for the demo ones that are not. */
  moreDestinations: (count: number) => `and ${wholeNumber(count)} more`,
  navigation: 'Pages',
  status: 'Status',
  online: 'Running',
  connecting: 'Connecting to Hoist…',
  /** Beside the banner, which says more; and on what cannot be used meanwhile. */
  notRunning: 'Hoist is not running',
  /** How a folder or destination stands, while nobody can tell. */
  notKnown: 'Not known',
  paused: 'Everything is paused',
  resume: 'Resume',
  foldersWatched: (count: number) => `${counted(count, 'folder')} watched`,
  moreWithTrouble: (count: number) => `${wholeNumber(count)} more with trouble.`,
  /** What the number beside "Uploads" counts. */
  open: (files: Readonly<Record<'active' | 'waiting' | 'needsYou' | 'failed', number>>) => {
    const { active, waiting, needsYou, failed } = files;
    const parts = [
      active > 0 ? overall.active(active) : '',
      waiting > 0 ? overall.waiting(waiting) : '',
      needsYou > 0 ? overall.needsYou(needsYou) : '',
      failed > 0 ? overall.failed(failed) : '',
    ].filter((part) => part !== '');
    return `${counted(active + waiting + needsYou + failed, 'file')} not done: ${parts.join(', ')}`;
  },
  foldersWithTrouble: (count: number) => `${counted(count, 'folder')} with trouble`,
  noLimit: 'Full speed',
  slowMode: (limit: string) => `Slow mode: at most ${limit}`,
  limited: (limit: string) => `At most ${limit}`,
  slowDown: (name: string, rest: string) => `${name} asks to slow down · goes on in ${rest}`,
  slowDownShort: (name: string, rest: string) => `${name} goes on in ${rest}`,
  /** In place of what holds a destination, beside its name. */
  heldFor: (rest: string) => `in ${rest}`,
  held: {
    'rate-limited': 'asks Hoist to slow down',
    unreachable: 'cannot be reached',
    blocked: 'needs you',
    paused: 'paused',
    'disk-full': 'waits: the disk is full',
  },
  watching: {
    watching: 'watching',
    polling: 'polling',
    scanning: 'scanning',
    offline: 'not there',
    paused: 'paused',
    unreliable: 'unreliable',
  },
  noFolders: 'None yet',
  notices: 'Messages',
  noNotices: 'No messages',
  noNoticesText:
    'Messages about Hoist itself come here. Trouble with a file, a folder or a destination is shown beside it.',
  newNotices: (count: number) => `${counted(count, 'message')} from Hoist`,
  unreadNotices: (count: number) => `Messages, ${count} new`,
  showNotices: 'Show',
} as const;
