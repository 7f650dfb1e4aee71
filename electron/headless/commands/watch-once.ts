/** `hoist watch --once`: all that is in a folder, and the end. */
import type { UploadJob } from '#shared/job.ts';
import { listJobs } from '../follow/follow.ts';
import { isBelow, newestOf } from '../select-jobs.ts';
import { safeLine } from '../show/safe-text.ts';
import * as texts from '../texts.ts';
import { UsageError } from '../usage-error.ts';
import { findFolder, mustBeReadable, type Scene, takeOpen } from './watch-scene.ts';

/**
 * Idle says that nothing is being written and a walk found nothing new; the jobs may take longer, and meanwhile new
 * files may come. So: idle, all jobs ended, and idle once more without a new job.
 * Answers how many of its folders could not be read.
 */
export async function sendOnce(scene: Scene, isAgain: boolean): Promise<number> {
  const { api, path, destination, rules, ledger, following, reporter, signal } = scene;
  if (findFolder(await api.snapshot(), path) !== null) throw new UsageError(texts.alreadyWatched(path));
  await mustBeReadable(path);
  if (!isAgain) reporter.say(texts.sendingOnce(path, destination.name));
  const draft = {
    path,
    destinationId: destination.id,
    ...rules,
    existing: 'include',
    isTemporary: true,
  } as const;
  const { folder } = await api.addWatchFolder(draft);
  let before = -1;
  while (before !== ledger.numbers().all && !signal.aborted) {
    before = ledger.numbers().all;
    await whenIdle(scene, folder.id);
    await takeOpen(api, ledger, scene.concerns);
    await following.until(() => ledger.moving() === 0);
  }
  if (signal.aborted) return 0;
  await takeWhatWasThere(scene, folder.id);
  ledger.tellStuck();
  await reporter.flush();
  const unread = await tellUnread(scene, folder.id);
  await api.removeWatchFolder(folder.id);
  return unread;
}

/** Goes on reporting while it waits. */
async function whenIdle({ api, following }: Scene, folderId: string): Promise<void> {
  let outcome: 'open' | 'idle' | { readonly error: unknown } = 'open';
  void api
    .whenWatchFolderIdle(folderId)
    .then(
      () => {
        outcome = 'idle';
      },
      (error: unknown) => {
        outcome = { error };
      },
    )
    .finally(following.ring);
  await following.until(() => outcome !== 'open');
  const ended = outcome as typeof outcome | { readonly error: unknown };
  if (typeof ended === 'object') throw ended.error;
}

/**
 * Files of the folder whose job had ended before: no change tells of them, and their links are asked for all the same.
 * Of a file that is gone, or that the rules leave out, nothing is told.
 */
async function takeWhatWasThere({ api, path, destination, ledger, reporter }: Scene, folderId: string) {
  const jobs: UploadJob[] = [];
  for await (const job of listJobs(api, { destinationId: destination.id })) {
    if (isBelow(job.path, path)) jobs.push(job);
  }
  const there: UploadJob[] = [];
  for (const job of newestOf(jobs)) {
    if (ledger.has(job.id)) continue;
    const explained = await api.explainPath(job.path);
    if (explained.folderId === folderId && explained.fileClass === 'job') there.push(job);
  }
  const completed = there.filter((job) => job.state.name === 'completed').length;
  if (completed > 0) reporter.say(texts.wereThere(completed));
  for (const job of there) ledger.take(job);
}

/** Says which folders could not be read, and answers how many. */
async function tellUnread({ api, reporter }: Scene, folderId: string): Promise<number> {
  const health = (await api.snapshot()).folders.find(({ folder }) => folder.id === folderId)?.health;
  if (health === undefined || health.unreadFolders === 0) return 0;
  if (health.reason !== null) reporter.say(safeLine(health.reason));
  return health.unreadFolders;
}
