/** Looks for updates, fetches them, and asks before it restarts: never while bytes flow. What fails is only logged. */
import type { Dialog, MessageBoxOptions } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '../log/log-file.ts';
import { updateWords as words } from '../words.ts';
import type { UpdateFeed } from './update-feed.ts';

export interface UpdateParts {
  readonly updater: Pick<
    AppUpdater,
    | 'autoDownload'
    | 'autoInstallOnAppQuit'
    | 'allowDowngrade'
    | 'allowPrerelease'
    | 'logger'
    | 'setFeedURL'
    | 'checkForUpdates'
    | 'quitAndInstall'
    | 'on'
  >;
  readonly feed: UpdateFeed;
  readonly dialog: { showMessageBox(options: MessageBoxOptions): ReturnType<Dialog['showMessageBox']> };
  readonly clock: Clock;
  readonly log: Pick<Log, 'write' | 'failed'>;
  readonly isMoving: () => boolean;
  /** Closes everything, then calls `last`. */
  readonly end: (last: () => void) => Promise<void>;
}

const firstAfterMs = 60_000;
const everyMs = 6 * 3_600_000;
/** How soon a restart that waits for a rest is thought of again. */
const lookAgainMs = 30_000;
const restartButton = 0;

/** Returns its undo. */
export function keepUpdated(parts: UpdateParts): () => void {
  const { updater, feed, clock, log } = parts;
  let isAsked = false;
  let cancelAsk: (() => void) | null = null;

  updater.autoDownload = true;
  // Who answers "Later" has it at the next start anyway.
  updater.autoInstallOnAppQuit = true;
  updater.allowPrerelease = false;
  updater.logger = null;
  if (feed.kind === 'address') updater.setFeedURL({ provider: 'generic', url: feed.url });
  // After the feed: choosing a channel would switch it on.
  updater.allowDowngrade = false;

  updater.on('error', (error) => log.failed('update.failed', error));
  updater.on('update-available', ({ version }) => log.write('info', 'update.found', { version }));
  updater.on('update-downloaded', ({ version }) => {
    log.write('info', 'update.ready', { version });
    if (!isAsked) askWhenAtRest(version);
  });

  function askWhenAtRest(version: string): void {
    cancelAsk?.();
    cancelAsk = null;
    if (parts.isMoving()) {
      cancelAsk = clock.setTimer(lookAgainMs, () => askWhenAtRest(version));
      return;
    }
    isAsked = true;
    ask(version).catch((error) => log.failed('update.failed', error));
  }

  async function ask(version: string): Promise<void> {
    const { response } = await parts.dialog.showMessageBox({
      type: 'info',
      message: words.message(version),
      detail: words.detail,
      buttons: [words.restart, words.later],
      defaultId: restartButton,
      cancelId: restartButton + 1,
      noLink: true,
    });
    if (response === restartButton) await parts.end(() => updater.quitAndInstall());
  }

  let cancelCheck = clock.setTimer(firstAfterMs, check);
  function check(): void {
    cancelCheck = clock.setTimer(everyMs, check);
    // Failures come by the event, too.
    updater.checkForUpdates().catch(() => {});
  }
  return () => {
    cancelCheck();
    cancelAsk?.();
  };
}
