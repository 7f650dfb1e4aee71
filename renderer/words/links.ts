import type { LinkKind, TemplateWord } from '#shared/asset.ts';
import { counted, plural, wholeNumber } from './plural.ts';
import { uploadsWords } from './uploads.ts';

/** The links page. */
export const linkWords = {
  title: 'Links',
  search: 'Search links',

  destination: 'Destination',
  allDestinations: 'All destinations',
  removedDestination: 'A removed destination',
  date: 'Completed',
  dates: {
    any: 'Any time',
    today: 'Today',
    week: 'Last 7 days',
    month: 'Last 30 days',
    own: 'Other dates…',
  },
  from: 'From',
  until: 'Until',

  view: 'View',
  asCards: 'Cards',
  asList: 'List',

  grid: 'Completed files and their links',
  columns: { picture: 'Picture', file: 'File', link: 'Link', when: 'Completed', actions: 'Actions' },
  loadingRow: 'Loading…',

  kinds: {
    url: 'URL',
    reference: 'Reference',
    key: 'File key',
    run: 'Flow run',
  } satisfies Record<LinkKind, string>,
  /** Where what is shown is something else. */
  newKind: (kind: string) => `New ${kind}`,
  /** What it is good for, behind its name where there is room; a URL needs no words. */
  kindsAreFor: {
    url: null,
    reference: 'for workflows',
    key: 'for the parameters of a run',
    run: null,
  } satisfies Record<LinkKind, string | null>,
  left: (rest: string) => `${rest} left`,
  validFor: (rest: string) => `Valid for ${rest}`,
  ranOut: {
    url: 'URL expired',
    reference: 'Reference expired',
    key: 'File key expired',
    run: 'Flow run expired',
  } satisfies Record<LinkKind, string>,
  ranOutAt: (time: string) => `Expired: ${time}`,
  validUntil: (time: string) => `Valid until ${time}`,
  freshUrl: 'Copy gives a new URL',
  freshUrlMore: ', older ones may stop working',
  freshUrlMeans: 'Each copy gets a new URL from the service. Older ones may stop working.',

  count: (total: number) => counted(total, 'link'),
  selected: (count: number, total: number) =>
    `${wholeNumber(count)} of ${wholeNumber(total)} ${plural(total, { one: 'link', other: 'links' })} selected`,
  selectedBriefly: (count: number) => `${wholeNumber(count)} selected`,
  selectAll: 'Select all',
  clearSelection: 'Clear the selection',
  selectionActions: 'Selected links',

  copy: 'Copy',
  copyOf: (name: string) => `Copy the link of ${name}`,
  copyMany: (count: number) => `Copy ${counted(count, 'link')}`,
  copyAll: 'Copy all',
  copyAs: 'Copy as',
  copySelected: 'Copy selected links',
  copySelectedAsAny: 'Copy selected links as…',
  removeSelected: 'Remove selected links from list',
  copySelectedAs: (format: string) => `Copy selected as ${format}`,
  nothingToday: 'Nothing was completed today',
  ownTemplate: 'Own template…',
  changeTemplate: 'Change my template…',
  onlyNewest: (limit: number) => `Only the newest ${counted(limit, 'link')}`,
  onlyNewestText: 'More at once would not fit a clipboard well. Narrow the list by date to get the rest.',
  rangeCut: (limit: number) => `At most ${counted(limit, 'link')} are selected one by one`,
  rangeCutText: 'Select everything instead, and take out what you do not want.',
  removeAllTitle: (count: number) => `Remove ${counted(count, 'link')} from the list?`,
  removeAllText:
    'The files and the assets stay where they are. The links cannot be brought back into the list.',
  removeAllNow: 'Remove from list',

  moreOf: (name: string) => `More about ${name}`,
  openLink: 'Open link',
  noAddress: 'There is no address to open',
  noAddressText: 'The service gave no URL just now. Try again in a moment.',
  details: 'Details',
  showInFolder: 'Show in folder',
  sendAgain: 'Send again…',
  sendAgainOf: (name: string) => `Send ${name} again`,
  remove: 'Remove from list',
  removeBriefly: 'Remove',
  removeMany: (count: number) => `Remove ${wholeNumber(count)} from list`,
  removed: (count: number) => `${counted(count, 'link')} removed from the list`,
  removedText: 'The file and the asset stay.',

  sendAgainTitle: 'Send it again?',
  sendAgainText: (name: string, destination: string) =>
    `${name} goes to ${destination} once more, as a new asset. The link that is here stays as it is.`,
  sendAgainGone: (destination: string) => `${destination} was removed, so nothing can be sent there.`,
  sendAgainNow: 'Send again',
  sentAgain: (name: string) => `${name} is sent again`,
  notSentAgain: (name: string) => `${name} was not sent`,
  show: 'Show',

  templateTitle: 'Own template',
  templateText: 'How a link is written when you copy it with your own template.',
  template: 'Template',
  templateHint: 'Press one of the words to put it in. Everything else stands as it is.',
  templateEmpty: 'Saving it empty removes your template.',
  templateUnknown: (words: readonly string[]) =>
    `There is no ${words.map((word) => `{${word}}`).join(', ')}. It would be copied as it stands.`,
  templateWords: 'Words for a template',
  templateWordNames: {
    link: 'the link',
    name: 'the file’s name',
    id: 'the asset’s id',
    reference: 'the reference, else the id',
    type: 'the file’s MIME type',
    path: 'where the file is',
    destination: 'where it went',
    sha256: 'the file’s checksum',
  } satisfies Record<TemplateWord, string>,
  templateNothing: 'not known for this file',
  preview: 'What it gives',
  previewOf: (name: string) => `for ${name}`,
  previewNone: 'Nothing is completed yet, so there is nothing to show it on.',
  saveTemplate: 'Save',
  saveAndCopy: 'Save and copy',

  empty: 'No links yet',
  emptyText: 'Every file that is up has its link here, ready to copy.',
  goUploads: 'Go to uploads',
  // A search that finds nothing is told like that of the uploads.
  noMatch: uploadsWords.empty.noMatch,
  noMatchText: uploadsWords.empty.noMatchText,
  nothingFound: 'Nothing found',
  nothingFoundText: 'No completed file matches all of the filters above.',
  showAll: uploadsWords.empty.showAll,
  failed: 'The links could not be read',

  findLink: 'Search links',
  showAsCards: 'Show links as cards',
  showAsList: 'Show links as a list',
} as const;
