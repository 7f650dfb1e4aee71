import type { LinkFormat, LinkKind } from '#shared/asset.ts';
import { counted } from './plural.ts';

/** Copying links: the menu of formats, and what is said when it is done. */
export const copyWords = {
  formats: {
    link: 'Link',
    markdown: 'Markdown',
    html: 'HTML',
    id: 'Asset id',
    reference: 'Reference',
    json: 'JSON',
  } satisfies Record<LinkFormat, string>,
  kinds: {
    url: 'URL',
    reference: 'Reference',
    key: 'File key',
    run: 'Run status',
  } satisfies Record<LinkKind, string>,
  template: 'My own template',

  copied: {
    url: 'Link copied',
    reference: 'Reference copied',
    key: 'File key copied',
    run: 'Address of the run status copied',
  } satisfies Record<LinkKind, string>,
  idCopied: 'Asset id copied',
  copiedMany: (count: number) => `${counted(count, 'link')} copied`,
  validUntil: (time: string) => `Valid until ${time}.`,
  firstEnds: (time: string) => `The first one expires: ${time}.`,
  onlyReference: 'The service gave no address just now, so it is the reference.',
  someReferences: (count: number) =>
    `The service gave no address for ${counted(count, 'file')} just now: the reference is copied there.`,
  nothingCopied: (count: number) => (count === 1 ? 'The link was not copied' : 'No link was copied'),
  leftOut: (count: number, reason: string) => `${counted(count, 'file')} left out: ${reason}`,
  moreReasons: (count: number) => `${counted(count, 'more file')} left out for other reasons.`,
  asking: (count: number) => `Asking for ${counted(count, 'link')}…`,
  stop: 'Stop',
  copy: 'Copy',

  clipboardClosed: (count: number) => (count === 1 ? 'The link is ready' : `${counted(count, 'link')} ready`),
  pressToCopy: 'The browser lets Hoist copy only when you press something.',
  done: (count: number) => (count === 1 ? 'A file is done' : `${counted(count, 'file')} are done`),
  copyOffered: (count: number) => (count === 1 ? 'Copy its link' : 'Copy the links'),
} as const;
