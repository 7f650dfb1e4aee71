import type { Api, DestinationView, JobFilter, Snapshot } from '#shared/ipc.ts';
import { stateNames, type Tab, tabOfState, type UploadJob } from '#shared/job.ts';
import { findDestination } from '../choose-destination.ts';
import { type Context, sayWarnings, withEngine } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { listJobs } from '../follow/follow.ts';
import type { HoistWords } from '../hoist-words.ts';
import { jobRecord, jsonLine } from '../records.ts';
import { resolveWords } from '../select-jobs.ts';
import * as texts from '../texts.ts';
import { standingDestination, standingJob, waysOnLines } from '../ways-on.ts';
import { writeSlowly } from '../write-slowly.ts';

export interface StatusOptions {
  readonly to?: string;
  readonly json?: boolean;
}

const shownPerSection = 20;

/** What the queue has, what runs, what waits and why. */
export function status(context: Context, words: readonly string[], options: StatusOptions): Promise<number> {
  return withEngine(context, 'look', async ({ api, isOwner }) => {
    const snapshot = await api.snapshot();
    if (!isOwner) sayWarnings(snapshot, context.display);
    const filter = await readFilter(api, snapshot, words, options, context);
    if (options.json === true) await printJson(context, api, snapshot, filter);
    else await printText(context, api, { snapshot, filter, isOwner });
    return exitCodes.ok;
  });
}

async function readFilter(
  api: Api,
  snapshot: Snapshot,
  words: readonly string[],
  { to }: StatusOptions,
  context: Context,
): Promise<JobFilter> {
  return {
    ...(words.length === 0 ? {} : { ids: await resolveWords(api, words, context.path, stateNames) }),
    ...(to === undefined ? {} : { destinationId: findDestination(snapshot.destinations, to).destination.id }),
  };
}

async function printJson({ surroundings }: Context, api: Api, snapshot: Snapshot, filter: JobFilter) {
  const holds = holdsOf(snapshot);
  for await (const job of listJobs(api, filter)) {
    const hold = holds.get(job.destinationId)?.hold ?? null;
    await writeSlowly(surroundings.stdout, `${jsonLine(jobRecord(job, hold))}\n`);
  }
}

const holdsOf = ({ destinations }: Snapshot): ReadonlyMap<string, DestinationView> =>
  new Map(destinations.map((view) => [view.destination.id, view]));

interface Scene {
  readonly snapshot: Snapshot;
  readonly filter: JobFilter;
  readonly isOwner: boolean;
}

async function printText(
  { surroundings, hoist }: Context,
  api: Api,
  { snapshot, filter, isOwner }: Scene,
): Promise<void> {
  const { stdout, clock } = surroundings;
  const counts = await api.countJobs(filter);
  const lines = [texts.countsText(counts), texts.engineText(snapshot, isOwner)];
  if (snapshot.settings.isPaused) lines.push(texts.queuePaused(hoist));
  lines.push(
    ...snapshot.destinations
      .map((view) => texts.heldLine(view, clock.now(), hoist))
      .filter((line) => line !== null),
  );
  lines.push(...waysOnLines(snapshot.destinations.flatMap(standingDestination), hoist));
  for (const tab of ['active', 'waiting', 'needsYou', 'failed'] as const) {
    lines.push(...(await section(api, tab, { snapshot, filter, isOwner }, clock.now(), hoist)));
  }
  if (filter.ids !== undefined)
    lines.push(...(await others(api, { snapshot, filter, isOwner }, clock.now(), hoist)));
  stdout.write(`${lines.join('\n')}\n`);
}

async function section(
  api: Api,
  tab: Exclude<Tab, 'done'>,
  { snapshot, filter }: Scene,
  now: number,
  hoist: HoistWords,
): Promise<readonly string[]> {
  const query = { sort: 'added', direction: 'ascending', cursor: null, limit: shownPerSection } as const;
  const page = await api.listJobs({ ...query, filter: { ...filter, tab } });
  if (page.rows.length === 0) return [];
  const all = (await api.countJobs({ ...filter, tab })).all;
  const hidden = all - page.rows.length;
  const views = holdsOf(snapshot);
  return [
    '',
    texts.sectionTitles[tab],
    ...page.rows.map((job) => texts.jobLine(job, views.get(job.destinationId), now, hoist)),
    ...(hidden > 0 ? [texts.moreJobs(hidden)] : []),
    ...waysOnLines(
      page.rows.flatMap((job) => standingJob(job, !views.has(job.destinationId))),
      hoist,
    ).map((line) => `  ${line}`),
  ];
}

/** Jobs that were asked for by name are shown in every state. */
async function others(
  api: Api,
  { snapshot, filter }: Scene,
  now: number,
  hoist: HoistWords,
): Promise<readonly string[]> {
  const views = holdsOf(snapshot);
  const rows: UploadJob[] = [];
  for await (const job of listJobs(api, filter)) {
    const tab = tabOfState[job.state.name];
    if (tab === null || tab === 'done') rows.push(job);
  }
  if (rows.length === 0) return [];
  return [
    '',
    texts.endedTitle,
    ...rows.map((job) => texts.jobLine(job, views.get(job.destinationId), now, hoist)),
  ];
}
