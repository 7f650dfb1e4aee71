import type { ActionReport, Api, JobFilter, Snapshot } from '#shared/ipc.ts';
import { type Context, withEngine } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { loadJobs } from '../follow/follow.ts';
import type { HoistWords } from '../hoist-words.ts';
import { jsonLine } from '../records.ts';
import { type Selected, selectJobs } from '../select-jobs.ts';
import * as texts from '../texts.ts';

export interface ActOptions {
  readonly to?: string;
  readonly failed?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
}

interface Scene {
  readonly api: Api;
  readonly snapshot: Snapshot;
  readonly selected: Selected;
  readonly hoist: HoistWords;
}

/** What an action did: to single jobs, and in words to what is above them (the queue, a destination). */
interface Outcome extends ActionReport {
  readonly said: readonly string[];
}

/** retry, cancel, pause, resume: of some jobs, of a destination, of all. */
export function act(
  action: texts.ActionName,
  context: Context,
  words: readonly string[],
  options: ActOptions,
): Promise<number> {
  const { stdout, stderr } = context.surroundings;
  return withEngine(context, 'look', async ({ api, isOwner }) => {
    const snapshot = await api.snapshot();
    const selected = await selectJobs(api, snapshot, { words, ...options }, context.path);
    const scene = { api, snapshot, selected, hoist: context.hoist };
    const outcome = await actions[action](scene);
    const { applied, left, said } = outcome;
    if (options.json === true) stdout.write(`${jsonLine({ type: action, applied, left })}\n`);
    else {
      const told = said.length > 0 && applied === 0 ? [] : [texts.actionText(action, applied)];
      const kept = left.map(({ reason, count }) => texts.leftText(reason, count));
      const hasWork = applied > 0 || said.length > 0;
      const hint = whyNothingMoves(action, scene, { hasWork, isOwner });
      stderr.write([...said, ...told, ...kept, ...hint, ''].join('\n'));
    }
    const hasFailed = words.length > 0 && applied === 0;
    return hasFailed ? exitCodes.failed : exitCodes.ok;
  });
}

/** What still stands in the way of jobs that were to go on. */
function whyNothingMoves(
  action: texts.ActionName,
  { snapshot, selected, hoist }: Scene,
  { hasWork, isOwner }: { readonly hasWork: boolean; readonly isOwner: boolean },
): readonly string[] {
  if (action !== 'retry' && action !== 'resume') return [];
  const resumesAll = action === 'resume' && selected.scope.kind === 'all';
  if (snapshot.settings.isPaused && !resumesAll) return [texts.queuePaused(hoist)];
  return isOwner && hasWork ? [texts.noEngineRuns] : [];
}

const actions: Readonly<Record<texts.ActionName, (scene: Scene) => Promise<Outcome>>> = {
  cancel: async ({ api, selected }) => ({ ...(await api.cancelJobs(selected.filter)), said: [] }),

  /** Jobs that a whole destination waits for come back only with the destination. */
  async retry({ api, snapshot, selected }) {
    const { filter, scope } = selected;
    const concerned = await destinationsOf(api, selected);
    for (const { destination, hold } of snapshot.destinations) {
      const isMeant = concerned === 'all' || concerned.has(destination.id);
      if (hold?.kind === 'blocked' && isMeant) await api.unblockDestination(destination.id);
    }
    // What somebody canceled comes back only by name.
    const wanted: JobFilter = scope.kind === 'jobs' ? filter : { ...filter, states: ['failed', 'blocked'] };
    return { ...(await api.retryJobs(wanted)), said: [] };
  },

  /** All, and a whole destination, stay paused for files that come later, too. */
  async pause({ api, snapshot, selected: { filter, scope }, hoist }) {
    if (scope.kind === 'jobs') return { ...(await api.pauseJobs(filter)), said: [] };
    if (scope.kind === 'all') {
      await api.setPaused(true);
      return { ...nothing, said: [texts.queuePaused(hoist)] };
    }
    await api.pauseDestination(scope.id);
    return { ...nothing, said: [texts.destinationPaused(nameOf(snapshot, scope.id), hoist)] };
  },

  async resume({ api, snapshot, selected: { filter, scope } }) {
    const said: string[] = [];
    if (scope.kind === 'all' && snapshot.settings.isPaused) {
      await api.setPaused(false);
      said.push(texts.queueResumed);
    }
    for (const { destination } of snapshot.destinations) {
      const isMeant = scope.kind === 'all' || (scope.kind === 'destination' && scope.id === destination.id);
      if (!isMeant || !destination.isPaused) continue;
      await api.unblockDestination(destination.id);
      said.push(texts.destinationResumed(destination.name));
    }
    // Of many, only those that are paused are meant: the others need no mention.
    const wanted: JobFilter = scope.kind === 'jobs' ? filter : { ...filter, states: ['paused'] };
    return { ...(await api.resumeJobs(wanted)), said };
  },
};

const nothing: ActionReport = { applied: 0, left: [] };

async function destinationsOf(api: Api, { filter, scope }: Selected): Promise<ReadonlySet<string> | 'all'> {
  if (scope.kind === 'destination') return new Set([scope.id]);
  if (filter.ids === undefined) return scope.kind === 'all' ? 'all' : new Set();
  return new Set((await loadJobs(api, filter.ids)).map((job) => job.destinationId));
}

const nameOf = ({ destinations }: Snapshot, id: string): string =>
  destinations.find((view) => view.destination.id === id)?.destination.name ?? id;
