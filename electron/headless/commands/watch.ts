import type { Destination } from '#shared/destination.ts';
import type { Snapshot } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { changedRules } from '#shared/watch-folder.ts';
import { chooseDestination } from '../choose-destination.ts';
import type { Context } from '../context.ts';
import { codeOfInterrupt } from '../exit-code.ts';
import { doLinksEndHere } from '../follow/demo-links.ts';
import { startFollowing } from '../follow/follow.ts';
import { createLedger, type Ledger } from '../follow/ledger.ts';
import { startLive } from '../follow/live.ts';
import { openReporter, type Reporter } from '../follow/reporter.ts';
import { tellSummary } from '../follow/summary.ts';
import { parseAfter, parseChoice, parseDuration } from '../option-values.ts';
import { ruleChanges } from '../rule-changes.ts';
import { isBelow } from '../select-jobs.ts';
import { type StayEnd, stayConnected } from '../stay-connected.ts';
import * as texts from '../texts.ts';
import { UsageError } from '../usage-error.ts';
import { type LeftOut, sendOnce } from './watch-once.ts';
import { findFolder, mustBeReadable, type Rules, type Scene, takeOpen, truePath } from './watch-scene.ts';

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
  let leftOut: LeftOut = { refused: 0, ignored: 0 };
  let doLinksEnd = false;
  const startedAt = clock.now();
  const isOnce = options.once === true;
  let hasBegun = false;

  const end = await stayConnected(context, reporter, async (connection, signal) => {
    const { api } = connection;
    reporter.setApi(api);
    const destination = chooseFor(path, await api.snapshot(), options.to);
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
    const stopLive = startLive({
      api,
      clock,
      display: context.display,
      ledger,
      hoist: context.hoist,
      remarks,
    });
    const scene: Scene = { api, path, destination, rules, ledger, following, reporter, concerns, signal };
    try {
      if (isOnce) {
        leftOut = await sendOnce(scene, hasBegun);
        if (!signal.aborted) doLinksEnd = await doLinksEndHere(connection, destination, ledger);
      } else await keepWatching(scene, hasBegun);
    } finally {
      hasBegun = true;
      stopHealth();
      stopLive();
      following.close();
    }
  });
  const remarks = doLinksEnd ? [texts.demoLinksEnd(context.hoist)] : [];
  if (end.kind === 'done') return tellSummary(ledger, reporter, { ...leftOut, remarks });
  return tellStopped(end, { ledger, reporter, path, isOnce });
}

/** A folder that is remembered keeps its destination, unless another one is named. */
function chooseFor(path: string, snapshot: Snapshot, to: string | undefined): Destination {
  const known = to === undefined ? findFolder(snapshot, path) : null;
  const kept = snapshot.destinations.find((view) => view.destination.id === known?.destinationId);
  return (kept ?? chooseDestination(snapshot, to)).destination;
}

const nameFrom =
  ({ destinations }: Snapshot) =>
  (id: string) =>
    destinations.find(({ destination }) => destination.id === id)?.destination.name ?? id;

async function keepWatching(scene: Scene, isAgain: boolean): Promise<void> {
  const { api, path, destination, rules, following, reporter, ledger } = scene;
  const known = findFolder(await api.snapshot(), path);
  if (known === null) {
    await mustBeReadable(path);
    await api.addWatchFolder({ path, destinationId: destination.id, ...rules });
  } else {
    // What was there at the beginning has its place by now: the rule for it cannot be changed afterwards.
    const { existing, ...changeable } = rules;
    if (!isAgain && existing === 'include' && known.existing !== 'include') {
      throw new UsageError(texts.existingTooLate(path, destination.name));
    }
    const patch = { destinationId: destination.id, ...changeable, isPaused: false };
    const { folder } = await api.updateWatchFolder(known.id, patch);
    if (!isAgain) reporter.say(ruleChanges(known, folder, nameFrom(await api.snapshot())));
  }
  if (!isAgain) reporter.say(texts.watching(path, destination.name));
  await takeOpen(api, ledger, scene.concerns);
  await following.until(() => false);
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
