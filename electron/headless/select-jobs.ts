import { sep } from 'node:path';
import type { Api, JobFilter, Snapshot } from '#shared/ipc.ts';
import { isTerminal, type JobId, type StateName, stateNames, type UploadJob } from '#shared/job.ts';
import { findDestination } from './choose-destination.ts';
import { listJobs, loadJobs } from './follow/follow.ts';
import * as texts from './texts.ts';
import { CommandError, UsageError } from './usage-error.ts';

export interface Selection {
  /** IDs and paths. A word of digits is an ID; a file of that name is meant with ./ before it. */
  readonly words: readonly string[];
  readonly to?: string;
  readonly failed?: boolean;
  readonly all?: boolean;
}

/** What the user meant: single jobs, or all that match. */
export interface Selected {
  readonly filter: JobFilter;
  /** Set where all jobs of one destination, or of all, are meant. */
  readonly scope:
    | { readonly kind: 'jobs' }
    | { readonly kind: 'all' }
    | { readonly kind: 'destination'; readonly id: string };
}

/** Below a directory, or the directory itself. */
export const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory.endsWith(sep) ? directory : `${directory}${sep}`);

export async function selectJobs(
  api: Api,
  snapshot: Snapshot,
  selection: Selection,
  toPath: (text: string) => string,
): Promise<Selected> {
  const { words, to, failed, all } = selection;
  if (words.length === 0 && to === undefined && failed !== true && all !== true) {
    throw new UsageError(texts.whichJobs);
  }
  const destination = to === undefined ? null : findDestination(snapshot.destinations, to).destination;
  const ids = words.length === 0 ? null : await resolveWords(api, words, toPath);
  const filter: JobFilter = {
    ...(ids === null ? {} : { ids }),
    ...(destination === null ? {} : { destinationId: destination.id }),
    ...(failed === true ? { states: ['failed'] } : {}),
  };
  if (ids !== null || failed === true) return { filter, scope: { kind: 'jobs' } };
  return {
    filter,
    scope: destination === null ? { kind: 'all' } : { kind: 'destination', id: destination.id },
  };
}

/** What has not ended well: the jobs that an action on a directory is about. */
const undone = stateNames.filter((name) => name === 'failed' || !isTerminal(name));

/** The jobs of IDs and paths; `below`: in which states those below a directory count. Rejects where one has none. */
export async function resolveWords(
  api: Api,
  words: readonly string[],
  toPath: (text: string) => string,
  below: readonly StateName[] = undone,
): Promise<readonly JobId[]> {
  const ids = new Set<JobId>();
  for (const word of words) {
    const found = /^\d{1,15}$/.test(word) ? [Number(word)] : await jobsOfPath(api, toPath(word), below);
    if (found.length === 0) throw new CommandError(texts.noSuchJob(word));
    for (const id of found) ids.add(id);
  }
  const rows = await loadJobs(api, [...ids]);
  const there = new Set(rows.map((job) => job.id));
  const missing = [...ids].find((id) => !there.has(id));
  if (missing !== undefined) throw new CommandError(texts.noSuchJob(String(missing)));
  return [...ids];
}

/** The newest job of a file per destination and edge; for a directory, those below it. */
async function jobsOfPath(api: Api, path: string, states: readonly StateName[]): Promise<readonly JobId[]> {
  const { jobIds } = await api.explainPath(path);
  if (jobIds.length > 0) return newestOf(await loadJobs(api, jobIds)).map((job) => job.id);
  const below: JobId[] = [];
  for await (const job of listJobs(api, { states })) if (isBelow(job.path, path)) below.push(job.id);
  return below;
}

/** Of several jobs of one file to one destination and edge, the newest. */
export function newestOf(jobs: readonly UploadJob[]): readonly UploadJob[] {
  const newest = new Map<string, UploadJob>();
  for (const job of jobs) {
    const key = JSON.stringify([job.path, job.destinationId, job.edge]);
    const known = newest.get(key);
    if (known === undefined || job.id > known.id) newest.set(key, job);
  }
  return [...newest.values()];
}
