import { expect, test } from 'vitest';
import { actionsOf, type LinkAction } from '../../../renderer/links/link-actions.ts';
import { completedJob } from './job.ts';

const now = 1_000_000;
const usual = { now, count: 1, canShowInFolder: true, isDestinationThere: true };
const job = completedJob();
const key = { link: 'inputs/1', linkKind: 'key' } as const;
const all: readonly LinkAction[] = [
  'copy',
  'copyAs',
  'open',
  'details',
  'showInFolder',
  'sendAgain',
  'remove',
];
const without = (...left: readonly LinkAction[]) => all.filter((action) => !left.includes(action));

test.each([
  ['a URL', job, usual, all],
  ['in a browser', job, { ...usual, canShowInFolder: false }, without('showInFolder')],
  ['its destination is gone', job, { ...usual, isDestinationThere: false }, without('sendAgain')],
  ['a key', completedJob({}, { ...key, linkExpiresAt: now + 1 }), usual, without('open')],
  [
    'a key that ran out',
    completedJob({}, { ...key, linkExpiresAt: now }),
    usual,
    without('copy', 'copyAs', 'open'),
  ],
  [
    'a reference',
    completedJob({}, { link: 'runflow://assets/1', linkKind: 'reference', hasFreshUrl: true }),
    usual,
    all,
  ],
  ['several', job, { ...usual, count: 2 }, ['copy', 'copyAs', 'remove']],
  ['sent again meanwhile', completedJob({ state: { name: 'uploading' } }), usual, ['details', 'remove']],
])('%s', (_, subject, circumstances, actions) => expect(actionsOf(subject, circumstances)).toEqual(actions));
