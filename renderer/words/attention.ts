import type { WindowHost } from '#shared/window-host.ts';
import { plural, wholeNumber } from './plural.ts';

const needYou = (files: number) =>
  `${wholeNumber(files)} ${plural(files, { one: 'needs', other: 'need' })} you`;

/** What is seen of Hoist while something else is in front: its title and its notifications; and a lost connection. */
export const attentionWords = {
  name: 'Hoist',
  titled: (what: string) => `${what} · Hoist`,
  share: (percent: number) => `${percent} %`,
  paused: 'Paused',
  notRunning: 'Not running',
  needYou,
  /** "38 uploaded, 2 need you"; empty: nothing to tell. */
  ended: (batch: { readonly uploaded: number; readonly needYou: number; readonly failed: number }) =>
    [
      batch.uploaded > 0 ? `${wholeNumber(batch.uploaded)} uploaded` : '',
      batch.needYou > 0 ? needYou(batch.needYou) : '',
      batch.failed > 0 ? `${wholeNumber(batch.failed)} failed` : '',
    ]
      .filter((part) => part !== '')
      .join(', '),

  lost: 'Hoist is not running.',
  /** `passed` null: it has only just happened. */
  lostSince: (time: string, passed: string | null) =>
    `It ended at ${time}${passed === null ? '' : `, ${passed} ago`}.`,
  /** What a person can do about it. The app seeks its next engine itself; a page cannot start what it came from. */
  startAgain: {
    desktop: 'It starts again by itself, and nothing is lost. If it does not, quit Hoist and open it again.',
    browser:
      'Start it again in a terminal, with “npm start” or “hoist serve”: this window then goes on by itself, and nothing is lost.',
  } satisfies Record<WindowHost['kind'], string>,
} as const;
