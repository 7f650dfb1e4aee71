/** Why a path is, or is not, going up: the decision chain in sentences. */

import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Journal, WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { explainFailure } from '#shared/failure.ts';
import type { DestinationHold, WatchFolderView } from '#shared/ipc.ts';
import type { PathExplanation } from '#shared/watch-folder.ts';
import type { Destinations } from './destinations.ts';
import { sayFolder, sayTrouble } from './explain-folder.ts';
import type { Folders } from './folders.ts';

export interface ExplainParts {
  readonly journal: Journal;
  readonly folders: Folders;
  readonly destinations: Destinations;
  readonly ruleFor: (folderId: string, relativePath: string, sizeBytes: number | null) => string | null;
  /** The row of a file that is being written: the journal may have none yet, or an older one. */
  readonly settlingFile: (folderId: string, relativePath: string) => WatchFile | null;
  readonly holdOf: (destinationId: string) => Omit<DestinationHold, 'destinationId'> | null;
  readonly now: () => number;
  /** This engine watches its folders. */
  readonly isWatching: boolean;
}

export async function explain(asked: string, parts: ExplainParts): Promise<PathExplanation> {
  const path = await truePath(asked);
  const views = parts.folders.views();
  const self = views.find(({ folder }) => folder.path === path);
  if (self !== undefined) {
    const because = await sayFolder(self, factsOf(self, parts));
    return { path: asked, because, folderId: self.folder.id, fileClass: 'unseen', rule: null, jobIds: [] };
  }
  const { kind, sizeBytes } = await look(path);
  const jobs = await parts.journal.findByPath(path);
  const owner = parts.folders.owner(path);
  const said = jobs.flatMap((job) => sayJob(job, parts));
  if (owner === null) {
    const because = [...sayOutside(path, views, kind), ...sayMissing(kind, jobs), ...said];
    return { path: asked, because, ...unseen(jobs) };
  }
  const { folder, relativePath } = owner;
  const view = parts.folders.view(folder.id);
  const row =
    parts.settlingFile(folder.id, relativePath) ?? (await parts.journal.watchFile(folder.id, relativePath));
  const rule = row?.rule ?? parts.ruleFor(folder.id, relativePath, sizeBytes);
  const isOffline = view.health.state === 'offline';
  const because = [
    `The watch folder ${folder.path} holds this path.`,
    ...(await sayTrouble(view, factsOf(view, parts))),
    // Of a folder that is away nobody can say what it lacks.
    ...(isOffline ? [] : sayMissing(kind, jobs)),
    ...(jobs.length > 0 || kind === 'missing' ? [] : sayClass(row, rule, kind)),
    ...said,
    ...(jobs.length > 0 ? [] : await sayElsewhere(path, row, parts)),
  ];
  const fileClass = row?.fileClass ?? (jobs.length > 0 ? 'job' : rule === null ? 'unseen' : 'ignored');
  return {
    path: asked,
    because,
    folderId: folder.id,
    fileClass,
    rule,
    jobIds: jobs.map(({ id }) => id),
  };
}

/** Folders and jobs are known by their true paths; of a file that is gone, the directory still has one. */
async function truePath(asked: string): Promise<string> {
  const directory = dirname(asked);
  return realpath(asked).catch(() =>
    realpath(directory).then(
      (found) => join(found, basename(asked)),
      () => asked,
    ),
  );
}

type Kind = 'file' | 'directory' | 'missing' | 'closed';

interface Found {
  readonly kind: Kind;
  /** Null: no file that could be too small or too large. */
  readonly sizeBytes: number | null;
}

async function look(path: string): Promise<Found> {
  try {
    const found = await stat(path);
    return found.isDirectory()
      ? { kind: 'directory', sizeBytes: null }
      : { kind: 'file', sizeBytes: found.size };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'closed', sizeBytes: null };
  }
}

const unseen = (jobs: readonly StoredJob[]) => ({
  folderId: null,
  fileClass: jobs.length > 0 ? ('job' as const) : ('unseen' as const),
  rule: null,
  jobIds: jobs.map(({ id }) => id),
});

/** Also of one that was removed. */
const nameOf = (destinationId: string, { destinations }: ExplainParts): string =>
  destinations.known(destinationId)?.name ?? destinationId;

const factsOf = ({ folder }: WatchFolderView, parts: ExplainParts) => ({
  to: nameOf(folder.destinationId, parts),
  hold: parts.holdOf(folder.destinationId),
  isWatched: parts.isWatching,
});

function sayOutside(path: string, views: readonly WatchFolderView[], kind: Kind): readonly string[] {
  const below = views.filter(({ folder }) => isBelow(folder.path, path)).map(({ folder }) => folder.path);
  if (below.length === 0) return ['No watch folder holds this path.'];
  const what =
    kind === 'directory' ? 'This directory is not watched itself' : 'No watch folder holds this path';
  return [`${what}; below it ${below.length === 1 ? 'is the watch folder' : 'are'} ${below.join(', ')}.`];
}

const isBelow = (path: string, above: string) => path.startsWith(above.endsWith(sep) ? above : above + sep);

function sayMissing(kind: Kind, jobs: readonly StoredJob[]): readonly string[] {
  if (kind === 'closed') return ['Hoist may not look at this path.'];
  if (kind !== 'missing') return [];
  if (jobs.length === 0) return ['There is no file of this path, and no job of one.'];
  return jobs.some(({ state }) => state.name === 'completed')
    ? ['The file is there no longer; what is up stays up.']
    : ['The file is there no longer.'];
}

function sayClass(row: WatchFile | null, rule: string | null, kind: Kind): readonly string[] {
  if (kind === 'directory') return ['It is a directory: each file in it is looked at by itself.'];
  switch (row?.fileClass) {
    case undefined:
      return [rule === null ? 'The folder has not seen this file yet.' : `It is ignored: ${rule}.`];
    case 'ignored':
      return [rule === null ? 'It is ignored.' : `It is ignored: ${rule}.`];
    case 'baseline':
      return ['It was there before the folder was watched, and was not asked for.'];
    case 'settling':
      return ['It is still being written: it goes up when size and time stay the same.'];
    case 'job':
      return [];
  }
}

/** A path without a job of its own: its job may be of another path now, or no longer in the list. */
async function sayElsewhere(
  path: string,
  row: WatchFile | null,
  parts: ExplainParts,
): Promise<readonly string[]> {
  if (row?.fileClass === 'job') {
    const [job] = row.jobId === null ? [] : await parts.journal.load([row.jobId]);
    if (job === undefined)
      return ['It was a job, which was removed from the list; it goes up again when it changes.'];
    return [`Its job is of ${job.path} now.`, ...sayJob(job, parts)];
  }
  const name = basename(path);
  const { rows } = await parts.journal.page({
    filter: { search: name },
    sort: 'added',
    direction: 'descending',
    cursor: null,
    limit: 5,
  });
  return rows
    .filter((job) => job.name === name)
    .flatMap((job) => [`A file of this name is at ${job.path}.`, ...sayJob(job, parts)]);
}

function sayJob(job: StoredJob, parts: ExplainParts): readonly string[] {
  const where = nameOf(job.destinationId, parts);
  const { state } = job;
  const first = `Job ${job.id} to ${where}: ${state.name}.`;
  if (state.name === 'waiting') {
    const seconds = Math.max(0, Math.ceil((state.until - parts.now()) / 1000));
    const why = state.failure === null ? '' : ` ${explainFailure(state.failure).reason}`;
    return [`${first}${why} The next try is in ${seconds} s.`];
  }
  if (state.name === 'blocked' || state.name === 'failed') {
    const { reason, hint } = explainFailure(state.failure);
    return [`${first} ${reason} ${hint}`];
  }
  const hold = state.name === 'queued' ? parts.holdOf(job.destinationId) : null;
  if (hold === null) return [first];
  const why =
    hold.failure === null ? `The destination is ${hold.kind}.` : explainFailure(hold.failure).reason;
  return [`${first} It waits: ${why}`];
}
