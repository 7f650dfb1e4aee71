import { expect, test } from 'vitest';
import { type WatchFolder, watchFolderSchema } from '#shared/watch-folder.ts';
import { ruleChanges } from '../../electron/headless/rule-changes.ts';

const folder: WatchFolder = watchFolderSchema.parse({ id: 'f', path: '/w', destinationId: 'a', addedAt: 0 });
const say = (patch: Partial<WatchFolder>, before: Partial<WatchFolder> = {}) =>
  ruleChanges({ ...folder, ...before }, { ...folder, ...before, ...patch }, (id) => id.toUpperCase());
const moves = { after: { kind: 'move', directory: 'done' } } as const;

test.each([
  [{}, {}, '/w was remembered already; its rules stay as they were.'],
  [
    { destinationId: 'b' },
    {},
    '/w was remembered already. Now it goes to B (was A); its other rules stay. What is in the queue still goes to A.',
  ],
  [
    { destinationId: 'b' },
    moves,
    '/w was remembered already. Now it goes to B (was A); its other rules stay. What is in the queue still goes to A. Originals are still moved to done; --after keep ends that.',
  ],
  [
    { ignore: ['*.tmp'], isPaused: false },
    { isPaused: true },
    '/w was remembered already. Now it ignores *.tmp (was nothing of its own), it is watched (was paused); its other rules stay.',
  ],
  [moves, {}, '/w was remembered already. Now originals are moved to done (was kept); its other rules stay.'],
])('%j over %j', (patch, before, expected) => {
  expect(say(patch, before)).toBe(expected);
});
