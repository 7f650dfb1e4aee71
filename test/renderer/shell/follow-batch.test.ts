import { expect, test } from 'vitest';
import type { QueueCounts } from '#shared/ipc.ts';
import { type StateName, stateNames, tabOfState, tabs } from '#shared/job.ts';
import { settingsSchema } from '#shared/settings.ts';
import { beginBatch, followBatch } from '../../../renderer/shell/follow-batch.ts';
import { titleOf } from '../../../renderer/shell/title.ts';
import { attentionWords } from '../../../renderer/words/attention.ts';

type Some = Partial<Record<StateName, number>>;

function counts(some: Some, bytesCompleted = 0, bytesRemaining = 0, bytesArrived = 0): QueueCounts {
  const byState = Object.fromEntries(stateNames.map((name) => [name, some[name] ?? 0])) as Record<
    StateName,
    number
  >;
  const byTab = Object.fromEntries(
    tabs.map((tab) => [
      tab,
      stateNames.filter((name) => tabOfState[name] === tab).reduce((sum, name) => sum + byState[name], 0),
    ]),
  ) as QueueCounts['byTab'];
  return { byState, byTab, all: 0, bytesTotal: 0, bytesCompleted, bytesRemaining, bytesArrived };
}

/** What ends while the counts go through these. */
function follow(...course: readonly QueueCounts[]) {
  const [first = counts({}), ...others] = course;
  let batch = beginBatch(first);
  const ends: string[] = [];
  for (const now of others) {
    const followed = followBatch(batch, now);
    batch = followed.batch;
    if (followed.ended !== null) ends.push(attentionWords.ended(followed.ended));
  }
  return { batch, ends };
}

test.for<readonly [what: string, course: readonly Some[], ends: readonly string[]]>([
  ['nothing happens', [{ completed: 5 }, { completed: 5 }], []],
  [
    'a batch ends',
    [{}, { queued: 40 }, { uploading: 1, completed: 37, blocked: 2 }, { completed: 38, blocked: 2 }],
    ['38 uploaded, 2 need you'],
  ],
  [
    'one of each',
    [{}, { queued: 3 }, { completed: 1, blocked: 1, failed: 1 }],
    ['1 uploaded, 1 needs you, 1 failed'],
  ],
  [
    'what was there before does not count',
    [
      { completed: 100, failed: 3 },
      { queued: 1, completed: 100, failed: 3 },
      { completed: 101, failed: 3 },
    ],
    ['1 uploaded'],
  ],
  ['too quick to be seen running', [{ completed: 1 }, { completed: 2 }], ['1 uploaded']],
  [
    'it was under way when the window opened',
    [{ uploading: 2, completed: 8 }, { completed: 10 }],
    ['2 uploaded'],
  ],
  ['backing off is no end', [{}, { queued: 1 }, { waiting: 1 }, { completed: 1 }], ['1 uploaded']],
  [
    'a service that makes it ready is no end',
    [{}, { queued: 1 }, { processing: 1 }, { completed: 1 }],
    ['1 uploaded'],
  ],
  ['what a person paused ends it', [{}, { queued: 2 }, { paused: 1, completed: 1 }], ['1 uploaded']],
  ['what a person canceled is not told', [{}, { queued: 1 }, { canceled: 1 }], []],
  ['removed rows are not told', [{ completed: 9 }, {}], []],
  ['failed ones that are tried again', [{ failed: 2 }, { queued: 2 }, { completed: 2 }], ['2 uploaded']],
  [
    'two batches',
    [{}, { queued: 1 }, { completed: 1 }, { queued: 1, completed: 1 }, { completed: 1, failed: 1 }],
    ['1 uploaded', '1 failed'],
  ],
])('%s', ([, course, ends]) => {
  expect(follow(...course.map((some) => counts(some))).ends).toEqual(ends);
});

test('bytes count while they go and when they are up', () => {
  const { batch } = follow(
    counts({ completed: 1 }, 500),
    counts({ completed: 1, queued: 2 }, 500, 1000),
    counts({ completed: 1, uploading: 2 }, 500, 700),
    counts({ completed: 2, uploading: 1 }, 900, 360),
  );
  expect([batch.bytesDone, batch.bytesTotal]).toEqual([640, 1000]);
});

test('files that come later make the batch larger, and the next batch begins anew', () => {
  const { batch } = follow(counts({}), counts({ queued: 1 }, 0, 100), counts({ queued: 2 }, 0, 300));
  expect(batch.bytesTotal).toBe(300);
  const next = follow(
    counts({}),
    counts({ queued: 1 }, 0, 100),
    counts({ completed: 1 }, 100),
    counts({ completed: 1, queued: 1 }, 100, 50),
  );
  expect([next.batch.bytesDone, next.batch.bytesTotal]).toEqual([0, 50]);
});

const live = (some: Some, more: { readonly isPaused?: boolean; readonly isLost?: boolean } = {}) => ({
  counts: counts(some, 0, 36),
  settings: { ...settingsSchema.parse({}), isPaused: more.isPaused ?? false },
  connection: more.isLost === true ? ('reconnecting' as const) : ('connected' as const),
});

test.for<readonly [title: string, state: ReturnType<typeof live>]>([
  ['Hoist', live({ completed: 3, failed: 1 })],
  ['2 need you · Hoist', live({ blocked: 2 })],
  ['64 % · Hoist', live({ uploading: 1, blocked: 2 })],
  ['Paused · Hoist', live({ queued: 1 }, { isPaused: true })],
  ['1 needs you · Hoist', live({ blocked: 1 }, { isPaused: true })],
  ['Not running · Hoist', live({ uploading: 1 }, { isLost: true })],
])('the title is "%s"', ([title, state]) => {
  const before = beginBatch(counts({ queued: 1 }, 0, 100));
  expect(titleOf(followBatch(before, state.counts).batch, state)).toBe(title);
});
