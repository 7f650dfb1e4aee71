/** Why a path is, or is not, going up: the decision chain in sentences. */

import type { Journal, WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { explainFailure } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import type { PathExplanation } from '#shared/watch-folder.ts';
import type { Destinations } from './destinations.ts';
import type { Folders } from './folders.ts';

export interface ExplainParts {
  readonly journal: Journal;
  readonly folders: Folders;
  readonly destinations: Destinations;
  readonly ruleFor: (folderId: string, relativePath: string) => string | null;
  readonly holdOf: (destinationId: string) => Omit<DestinationHold, 'destinationId'> | null;
  readonly now: () => number;
}

export async function explain(path: string, parts: ExplainParts): Promise<PathExplanation> {
  const owner = parts.folders.owner(path);
  const row = owner === null ? null : await parts.journal.watchFile(owner.folder.id, owner.relativePath);
  const jobs = await parts.journal.findByPath(path);
  const rule = owner === null ? null : (row?.rule ?? parts.ruleFor(owner.folder.id, owner.relativePath));
  const because = [
    owner === null
      ? 'No watch folder holds this path.'
      : `The watch folder ${owner.folder.path} holds this path.`,
    ...(owner?.folder.isPaused ? ['The folder is paused.'] : []),
    ...sayClass(row, rule, owner !== null),
    ...jobs.flatMap((job) => sayJob(job, parts)),
  ];
  return {
    path,
    because,
    folderId: owner?.folder.id ?? null,
    fileClass: row?.fileClass ?? (jobs.length > 0 ? 'job' : rule === null ? 'unseen' : 'ignored'),
    rule,
    jobIds: jobs.map(({ id }) => id),
  };
}

function sayClass(row: WatchFile | null, rule: string | null, isInFolder: boolean): readonly string[] {
  if (!isInFolder) return [];
  switch (row?.fileClass) {
    case undefined:
      return [rule === null ? 'The folder has not seen this file.' : `It is ignored by the rule ${rule}.`];
    case 'ignored':
      return [`It is ignored by the rule ${rule ?? '?'}.`];
    case 'baseline':
      return ['It was there before the folder was watched, and was not asked for.'];
    case 'settling':
      return ['It is still being written: it goes up when size and time stay the same.'];
    case 'job':
      return [];
  }
}

function sayJob(job: StoredJob, parts: ExplainParts): readonly string[] {
  const where = parts.destinations.find(job.destinationId)?.name ?? job.destinationId;
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
