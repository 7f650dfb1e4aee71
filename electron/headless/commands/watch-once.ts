/** `hoist watch --once`: all that is in a folder, and the end. */
import type { UploadJob } from '#shared/job.ts';
import { listJobs } from '../follow/follow.ts';
import { isBelow, newestOf } from '../select-jobs.ts';
import { safeLine } from '../show/safe-text.ts';
import * as texts from '../texts.ts';
import { UsageError } from '../usage-error.ts';
import { findFolder, mustBeReadable, type Scene, takeOpen } from './watch-scene.ts';

export interface LeftOut {
  readonly refused: number;
  readonly ignored: number;
}

/**
 * Idle says that nothing is being written and a walk found nothing new; the jobs may take longer, and meanwhile new
 * files may come. So: idle, all jobs ended, and idle once more without a new job.
 * Answers what did not become jobs: folders that could not be read, and files that a rule left out.
 */
export async function sendOnce(scene: Scene, isAgain: boolean): Promise<LeftOut> {
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
  if (signal.aborted) return { refused: 0, ignored: 0 };
  await takeWhatWasThere(scene, folder.id);
  ledger.tellStuck();
  await reporter.flush();
  const leftOut = await tellLeftOut(scene, folder.id);
  await api.removeWatchFolder(folder.id);
  return leftOut;
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

/** Says which folders could not be read. */
async function tellLeftOut({ api, reporter }: Scene, folderId: string): Promise<LeftOut> {
  const health = (await api.snapshot()).folders.find(({ folder }) => folder.id === folderId)?.health;
  const refused = health?.unreadFolders ?? 0;
  const reason = health?.reason ?? null;
  if (refused > 0 && reason !== null) reporter.say(safeLine(reason));
  return { refused, ignored: health?.ignored ?? 0 };
}
