import type { ActionReport, QueueCounts } from '#shared/ipc.ts';
import { canCancel, canPause, canRetry, isTerminal, type StateName, stateNames } from '#shared/job.ts';
import { uploadsWords } from '../../words/uploads.ts';

const words = uploadsWords.bulk;

export const bulkActions = ['retry', 'pause', 'resume', 'copy', 'cancel', 'remove'] as const;
export type BulkAction = (typeof bulkActions)[number];

const applies: Readonly<Record<BulkAction, (name: StateName) => boolean>> = {
  retry: canRetry,
  pause: canPause,
  resume: (name) => name === 'paused',
  copy: (name) => name === 'completed',
  cancel: canCancel,
  remove: isTerminal,
};

/** The states that an action does something to. */
export const statesFor = (action: BulkAction): readonly StateName[] => stateNames.filter(applies[action]);

/** So many jobs are looked at one by one. */
export const mostForElsewhere = 100;

/** Whether it may be that all of them need another destination: each came to rest with a reason. */
export const mayNeedOtherPlace = ({ all, byState }: QueueCounts): boolean =>
  all > 0 && all <= mostForElsewhere && byState.blocked + byState.failed === all;

export interface BulkOffer {
  readonly action: BulkAction;
  /** How many of the selected ones it does something to. */
  readonly count: number;
  /** "Retry 7 of 12". */
  readonly label: string;
  /** "Retry leaves out 5: 3 ready, 2 waiting", and why; null: none are left out. */
  readonly leftOut: { readonly brief: string; readonly whole: string } | null;
}

/** What can be done with a selection, and with how many of it. */
export function bulkOffers({ byState, all }: QueueCounts): readonly BulkOffer[] {
  return bulkActions.flatMap((action) => {
    const states = statesFor(action);
    const count = states.reduce((sum, name) => sum + byState[name], 0);
    if (count === 0) return [];
    const left = stateNames.filter((name) => !states.includes(name) && byState[name] > 0);
    const brief = words.leavesOut(words[action], all - count, inWords(left, byState));
    return {
      action,
      count,
      label: words.some(wordOf(action, all), count, all),
      leftOut: left.length === 0 ? null : { brief, whole: `${brief}. ${words.onlySo[action]}` },
    };
  });
}

const wordOf = (action: BulkAction, all: number): string =>
  action === 'copy' && all === 1 ? uploadsWords.actions.copy : words[action];

/** "3 ready, 2 waiting": queued and waiting are one word for a person. */
function inWords(names: readonly StateName[], byState: QueueCounts['byState']): string {
  const sums = new Map<string, number>();
  for (const name of names) {
    const word = uploadsWords.states[name];
    sums.set(word, (sums.get(word) ?? 0) + byState[name]);
  }
  return [...sums].map(([word, count]) => words.inState(count, word)).join(', ');
}

const did = {
  retry: words.didRetry,
  pause: words.didPause,
  resume: words.didResume,
  cancel: words.didCancel,
  'move-to-top': words.didMoveToTop,
} as const;
export type ReportedAction = keyof typeof did;

/** What an action did, and what it left alone. */
export function sayReport(action: ReportedAction, { applied, left }: ActionReport) {
  return {
    title: applied === 0 ? words.nothing : did[action](applied),
    text: left.map(({ count, reason }) => words.left(count, reason)).join(' '),
  };
}
