import { describe, expect, test } from 'vitest';
import { isContentKnown, numbersOf, sayScan, stateOf } from '../../../renderer/folders/folder-state.ts';
import type { WatchFolderView } from '../../../shared/ipc.ts';
import { type WatchFolderHealth, watchFolderSchema } from '../../../shared/watch-folder.ts';

const view = (health: Partial<WatchFolderHealth>, isPaused = false): WatchFolderView => ({
  folder: watchFolderSchema.parse({ id: 'f', path: '/r', destinationId: 'd', isPaused }),
  health: {
    folderId: 'f',
    state: 'watching',
    reason: null,
    lastEventAt: null,
    lastScanAt: null,
    missedEvents: 0,
    unreadFolders: 0,
    seen: 0,
    baseline: 0,
    ignored: 0,
    settling: 0,
    jobs: 0,
    ...health,
  },
});

describe('how a watch folder stands', () => {
  test.each<[Partial<WatchFolderHealth>, boolean, string, string, RegExp]>([
    [{}, false, 'ok', 'Watching', /^$/],
    [{ reason: 'Why.' }, false, 'warn', 'Watching', /^Why\.$/],
    [{ state: 'scanning' }, false, 'accent', 'Scanning', /^$/],
    [
      { state: 'polling', reason: 'A network drive.' },
      false,
      'warn',
      'Polling',
      /^A network drive\. This place/,
    ],
    [
      { state: 'offline', reason: 'Not mounted.' },
      false,
      'warn',
      'Not there',
      /^Not mounted\. Nothing in it/,
    ],
    [{ state: 'unreliable', missedEvents: 1 }, false, 'warn', 'Unreliable', /1 change; scans found it\.$/],
    [
      { missedEvents: 3 },
      false,
      'ok',
      'Watching',
      /^The system did not tell of 3 changes; scans found them\.$/,
    ],
    [{ unreadFolders: 2 }, false, 'ok', 'Watching', /^2 folders inside cannot be read; what they hold/],
    [{ state: 'offline', reason: 'Not mounted.' }, true, 'neutral', 'Paused', /^Nothing new goes up/],
    [{ state: 'paused' }, true, 'neutral', 'Paused', /^Nothing new goes up/],
  ])('%j, paused %s', (health, isPaused, tone, word, text) => {
    const state = stateOf(view(health, isPaused));
    expect([state.tone, state.word]).toEqual([tone, word]);
    expect(state.texts.join(' ')).toMatch(text);
  });

  test('names the classes that hold files', () => {
    expect(numbersOf(view({ seen: 6, baseline: 1, ignored: 2, jobs: 3 }).health)).toEqual([
      '3 given to the queue',
      '1 left alone',
      '2 ignored',
    ]);
    expect(numbersOf(view({}).health)).toEqual([]);
  });
});

describe('what a scan found', () => {
  const before = view({ seen: 5, jobs: 2, settling: 1 });
  test.each<[WatchFolderView, string]>([
    [view({ seen: 8, jobs: 4, settling: 2 }), 'Looked through 8 files: 3 new, 2 being written.'],
    [view({ seen: 5, jobs: 3, settling: 0 }), 'Looked through 5 files: nothing new.'],
    [view({ seen: 1, jobs: 0 }), 'Looked through 1 file: nothing new.'],
    [view({ seen: 5, state: 'paused' }, true), 'Looked through 5 files. It is paused: nothing goes up.'],
    [view({ state: 'offline' }), 'It is still not there.'],
  ])('%#', (after, text) => expect(sayScan(before, after)).toBe(text));
});

test.each<[Partial<WatchFolderHealth>, boolean]>([
  [{ lastScanAt: 1 }, true],
  [{ lastScanAt: 1, seen: 4, jobs: 4 }, true],
  [{ seen: 4, jobs: 4 }, true],
  [{ state: 'scanning' }, false],
  [{ state: 'paused' }, false],
  [{ state: 'offline', lastScanAt: 1 }, false],
  [{ state: 'offline', lastScanAt: 1, seen: 4, jobs: 4 }, true],
])('of %j it can be said what is in it: %s', (health, isKnown) => {
  expect(isContentKnown(view(health).health)).toBe(isKnown);
});
