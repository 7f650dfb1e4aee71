import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import type { EngineConnection } from '#ipc';
import type { Api } from '#shared/ipc.ts';
import { isTerminal, stateNames, type UploadJob } from '#shared/job.ts';
import { changedRules, type WatchFolder, type WatchFolderDraft } from '#shared/watch-folder.ts';
import { chooseDestination } from '../choose-destination.ts';
import type { Context } from '../context.ts';
import { codeOfInterrupt } from '../exit-code.ts';
import { type Following, listJobs, startFollowing } from '../follow/follow.ts';
import { createLedger, type Ledger } from '../follow/ledger.ts';
import { startLive } from '../follow/live.ts';
import { openReporter, type Reporter } from '../follow/reporter.ts';
import { tellSummary } from '../follow/summary.ts';
import { parseAfter, parseChoice, parseDuration } from '../option-values.ts';
import { isBelow } from '../select-jobs.ts';
import { type StayEnd, stayConnected } from '../stay-connected.ts';
import * as texts from '../texts.ts';
import { CommandError, UsageError } from '../usage-error.ts';

export interface WatchOptions {
  readonly to?: string;
  readonly existing?: boolean;
  readonly ignore?: readonly string[];
  readonly settle?: string;
  readonly changed?: string;
  readonly after?: string;
  readonly once?: boolean;
  readonly format?: string;
  readonly json?: boolean;
}

/** What the options say of a folder's rules; a rule that is not named keeps its default, or what it was. */
type Rules = Omit<WatchFolderDraft, 'path' | 'destinationId'>;

/** Watches a folder until Ctrl-C, and remembers it; or with `--once` sends all that is in it and ends. */
export async function watch(
  context: Context,
  words: readonly string[],
  options: WatchOptions,
): Promise<number> {
  const [word] = words;
  if (word === undefined) throw new UsageError(texts.nothingGiven);
  const path = await truePath(context.path(word));
  const rules = readRules(options);
  const { clock } = context.surroundings;
  const reporter = openReporter(context, options);
  const ledger = createLedger(reporter.event);
  let unread = 0;
  const startedAt = clock.now();
  const isOnce = options.once === true;
  let hasBegun = false;

  const end = await stayConnected(context, reporter, async (connection, signal) => {
    const { api } = connection;
    reporter.setApi(api);
    const { destination } = chooseDestination(await api.snapshot(), options.to);
    const concerns = (job: UploadJob) =>
      job.destinationId === destination.id &&
      isBelow(job.path, path) &&
      (job.completedAt === null || job.completedAt >= startedAt);
    const following = await startFollowing({
      api,
      clock,
      ledger,
      concerns,
      onNotice: (notice) => context.notices.tell(notice, reporter.notice),
      signal,
    });
    let settling = 0;
    const stopHealth = api.on('foldersChanged', (views) => {
      settling = views.find((view) => view.folder.path === path)?.health.settling ?? 0;
    });
    const remarks = () => (settling > 0 ? [texts.beingWritten(settling)] : []);
    const stopLive = startLive({ api, clock, display: context.display, ledger, remarks });
    const scene: Scene = { api, path, destination, rules, ledger, following, reporter, concerns, signal };
    try {
      if (isOnce) unread = await sendOnce(scene, hasBegun);
      else await keepWatching(scene, hasBegun);
    } finally {
      hasBegun = true;
      stopHealth();
      stopLive();
      following.close();
    }
  });
  if (end.kind === 'done') return tellSummary(ledger, reporter, { refused: unread });
  return tellStopped(end, { ledger, reporter, path, isOnce });
}

interface Scene {
  readonly api: EngineConnection['api'];
  readonly path: string;
  readonly destination: { readonly id: string; readonly name: string };
  readonly rules: Rules;
  readonly ledger: Ledger;
  readonly following: Following;
  readonly reporter: Reporter;
  readonly concerns: (job: UploadJob) => boolean;
  readonly signal: AbortSignal;
}

async function keepWatching(scene: Scene, isAgain: boolean): Promise<void> {
  const { api, path, destination, rules, following, reporter, ledger } = scene;
  const known = await findFolder(api, path);
  if (known === null) {
    await mustBeReadable(path);
    await api.addWatchFolder({ path, destinationId: destination.id, ...rules });
  } else {
    // What was there at the beginning has its place by now: the rule for it cannot be changed afterwards.
    const { existing, ...changeable } = rules;
    if (!isAgain && existing === 'include' && known.existing !== 'include') {
      throw new UsageError(texts.existingTooLate(path, destination.name));
    }
    await api.updateWatchFolder(known.id, { destinationId: destination.id, ...changeable, isPaused: false });
    if (!isAgain) reporter.say(texts.watchingAgain(path));
  }
  if (!isAgain) reporter.say(texts.watching(path, destination.name));
  await takeOpen(api, ledger, scene.concerns);
  await following.until(() => false);
}

/**
 * Idle says that nothing is being written and a walk found nothing new; the jobs may take longer, and meanwhile new
 * files may come. So: idle, all jobs ended, and idle once more without a new job.
 */
/** Answers how many of its folders could not be read, as far as is told: 0 or 1. */
async function sendOnce(scene: Scene, isAgain: boolean): Promise<number> {
  const { api, path, destination, rules, ledger, following, reporter, signal } = scene;
  if ((await findFolder(api, path)) !== null) throw new UsageError(texts.alreadyWatched(path));
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
  ledger.tellStuck();
  await reporter.flush();
  const reason = await tellWereThere(scene, folder.id);
  await api.removeWatchFolder(folder.id);
  return reason === null ? 0 : 1;
}

/** The path without links on it: the engine knows files by it. One that is away for now stays as it was written. */
const truePath = (path: string): Promise<string> => realpath(path).catch(() => path);

/** A typo must not be watched for ever. A remembered folder may be away for a while, so only new ones are asked. */
async function mustBeReadable(path: string): Promise<void> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => null,
  );
  if (isDirectory === null) throw new UsageError(texts.noFolder(path));
  if (!isDirectory) throw new UsageError(texts.noDirectory(path));
  await access(path, constants.R_OK | constants.X_OK).catch(() => {
    throw new CommandError(texts.folderClosed(path));
  });
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

/** Jobs of an earlier time that go on now: new files may have joined them. */
async function takeOpen(api: Api, ledger: Ledger, concerns: (job: UploadJob) => boolean): Promise<void> {
  const states = stateNames.filter((name) => !isTerminal(name));
  for await (const job of listJobs(api, { states })) if (concerns(job)) ledger.take(job);
}

/** Also says what the folder has to say of itself, and answers that. */
async function tellWereThere({ api, ledger, reporter }: Scene, folderId: string): Promise<string | null> {
  const view = (await api.snapshot()).folders.find(({ folder }) => folder.id === folderId);
  const others = (view?.health.jobs ?? 0) - ledger.numbers().all;
  if (others > 0) reporter.say(texts.wereThere(others));
  const reason = view?.health.state === 'watching' ? view.health.reason : null;
  if (reason !== null) reporter.say(reason);
  return reason;
}

async function findFolder(api: Api, path: string): Promise<WatchFolder | null> {
  const { folders } = await api.snapshot();
  return folders.find(({ folder }) => folder.path === path && folder.isTemporary !== true)?.folder ?? null;
}

function tellStopped(
  end: Exclude<StayEnd<void>, { kind: 'done' }>,
  facts: {
    readonly ledger: Ledger;
    readonly reporter: Reporter;
    readonly path: string;
    readonly isOnce: boolean;
  },
): number {
  const { ledger, reporter, path, isOnce } = facts;
  const { completed, left } = ledger.numbers();
  const stopped = { completed, left, isOwner: end.kind === 'asked' || end.wasOwner };
  reporter.event({ type: 'interrupted', left });
  if (end.kind === 'asked') reporter.say(texts.askedToEnd);
  reporter.say(isOnce ? texts.uploadStopped(stopped) : texts.watchStopped(stopped, path));
  return end.kind === 'asked' ? codeOfInterrupt.SIGTERM : codeOfInterrupt[end.signal];
}

function readRules(options: WatchOptions): Rules {
  if (options.once === true && options.existing === true) throw new UsageError(texts.onceIncludes);
  return {
    ...(options.existing === true ? { existing: 'include' as const } : {}),
    ...(options.ignore === undefined ? {} : { ignore: [...options.ignore] }),
    ...(options.settle === undefined ? {} : { settleMs: parseDuration('--settle', options.settle) }),
    ...(options.changed === undefined
      ? {}
      : {
          changed: parseChoice(
            '--changed',
            options.changed,
            changedRules.filter((rule) => rule !== 'ask'),
          ),
        }),
    ...(options.after === undefined ? {} : { after: parseAfter(options.after) }),
  };
}
