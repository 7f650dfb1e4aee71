import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { keepUpdated, type UpdateParts } from '../../../electron/desktop/updates/keep-updated.ts';
import { findUpdateFeed, type UpdateFeed } from '../../../electron/desktop/updates/update-feed.ts';
import { createManualClock } from '../../support/manual-clock.ts';

describe('the feed', () => {
  const facts = { isPackaged: true, resourcesPath: '/app/resources', environment: {}, exists: () => false };
  const built = { ...facts, exists: (path: unknown) => String(path).endsWith('app-update.yml') };
  const at = (url: string) => ({ ...built, environment: { HOIST_UPDATE_FEED: url } });

  test.each<[string, Parameters<typeof findUpdateFeed>[0], UpdateFeed | null]>([
    ['is off by itself', facts, null],
    ['is what the packager wrote', built, { kind: 'packaged' }],
    [
      'may be given to an app that has one',
      at('https://updates.example/hoist'),
      { kind: 'address', url: 'https://updates.example/hoist' },
    ],
    ['is given to no app that has none', { ...at('https://updates.example'), exists: () => false }, null],
    ['is never unencrypted', at('http://updates.example/hoist'), null],
    ['is never junk', at('updates'), null],
    [
      'replaces no source tree',
      { ...at('https://updates.example'), isPackaged: false, exists: () => true },
      null,
    ],
  ])('%s', (_name, given, expected) => expect(findUpdateFeed(given)).toEqual(expected));
});

class FakeUpdater extends EventEmitter {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  allowPrerelease = true;
  /** Choosing a channel or a feed may switch it on. */
  allowDowngrade = true;
  logger: unknown = console;
  readonly done: string[] = [];
  fails = false;
  setFeedURL(feed: unknown): void {
    this.allowDowngrade = true;
    this.done.push(`feed ${JSON.stringify(feed)}`);
  }
  async checkForUpdates(): Promise<null> {
    this.done.push('check');
    if (!this.fails) return null;
    this.emit('error', new Error('no network'));
    throw new Error('no network');
  }
  quitAndInstall(): void {
    this.done.push('install');
  }
}

function updates({ feed = { kind: 'packaged' } as UpdateFeed, answer = 0 } = {}) {
  const clock = createManualClock();
  const updater = new FakeUpdater();
  const questions: string[] = [];
  const written: string[] = [];
  const state = { isMoving: false };
  const stop = keepUpdated({
    updater: updater as unknown as UpdateParts['updater'],
    feed,
    clock,
    dialog: {
      showMessageBox: async ({ message }) => {
        questions.push(message);
        return { response: answer, checkboxChecked: false };
      },
    },
    log: {
      write: (_level, event) => void written.push(event),
      failed: (event, error) => void written.push(`${event} ${error}`),
    },
    isMoving: () => state.isMoving,
    async end(last) {
      updater.done.push('closed');
      last();
    },
  });
  return { clock, updater, questions, written, state, stop };
}

test('are looked for a while after the start, then now and then, never older ones', async () => {
  const { clock, updater, stop } = updates();
  expect([updater.allowDowngrade, updater.allowPrerelease, updater.autoDownload]).toEqual([
    false,
    false,
    true,
  ]);
  await clock.advance(59_000);
  expect(updater.done).toEqual([]);
  await clock.advance(24 * 3_600_000);
  expect(updater.done.filter((each) => each === 'check')).toHaveLength(4);
  stop();
  await clock.advance(24 * 3_600_000);
  expect([updater.done.length, clock.pendingTimers()]).toEqual([4, 0]);
});

test('a feed that was given is used, and switches nothing else on', () => {
  const { updater } = updates({ feed: { kind: 'address', url: 'https://updates.example' } });
  expect([updater.done, updater.allowDowngrade]).toEqual([
    ['feed {"provider":"generic","url":"https://updates.example"}'],
    false,
  ]);
});

test('what fails is written down, and nobody is told', async () => {
  const { clock, updater, written, questions } = updates();
  updater.fails = true;
  await clock.advance(61_000);
  expect([written, questions]).toEqual([['update.failed Error: no network'], []]);
});

test('a restart is asked for, and closes everything first', async () => {
  const { clock, updater, questions } = updates();
  updater.emit('update-downloaded', { version: '0.2.0' });
  updater.emit('update-downloaded', { version: '0.2.0' });
  await clock.advance(0);
  expect([questions, updater.done]).toEqual([['Hoist 0.2.0 is ready'], ['closed', 'install']]);
});

test('who says "Later" is left alone', async () => {
  const { clock, updater, questions } = updates({ answer: 1 });
  updater.emit('update-downloaded', { version: '0.2.0' });
  await clock.advance(50_000);
  expect([questions.length, updater.done]).toEqual([1, []]);
});

test('nobody is asked while bytes flow', async () => {
  const { clock, updater, questions, state } = updates();
  state.isMoving = true;
  updater.emit('update-downloaded', { version: '0.2.0' });
  await clock.advance(3_600_000);
  expect(questions).toEqual([]);
  state.isMoving = false;
  await clock.advance(31_000);
  expect(questions).toEqual(['Hoist 0.2.0 is ready']);
});
