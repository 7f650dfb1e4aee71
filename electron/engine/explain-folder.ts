/** What there is to say of a watch folder that somebody asks about, in sentences. */

import { stat } from 'node:fs/promises';
import { assertNever } from '#shared/assert-never.ts';
import { explainFailure } from '#shared/failure.ts';
import type { DestinationHold, WatchFolderView } from '#shared/ipc.ts';
import type { WatchFolderHealth } from '#shared/watch-folder.ts';

export interface FolderFacts {
  /** The name of its destination. */
  readonly to: string;
  readonly hold: Omit<DestinationHold, 'destinationId'> | null;
  /** False: no engine runs on the directory, so nobody watches. */
  readonly isWatched: boolean;
}

/** The folder itself: where its files go, how it is, what it has seen. */
export async function sayFolder({ folder, health }: WatchFolderView, facts: FolderFacts) {
  const { seen, jobs, baseline, ignored, settling } = health;
  const counts = `It has seen ${seen} ${seen === 1 ? 'file' : 'files'}: ${jobs} given to the queue, ${baseline} there before and not asked for, ${ignored} ignored, ${settling} being written.`;
  return [
    `This is a watch folder; its files go to ${facts.to}.`,
    ...(await sayState({ folder, health }, facts)),
    ...(facts.isWatched && health.lastScanAt !== null ? [counts] : []),
    ...sayHold(facts),
  ];
}

/** How the folder is, where that is not simply well. Without an engine only a look can tell. */
export async function sayTrouble(view: WatchFolderView, facts: FolderFacts): Promise<readonly string[]> {
  return facts.isWatched && view.health.state === 'watching' ? [] : sayState(view, facts);
}

async function sayState({ folder, health }: WatchFolderView, facts: FolderFacts): Promise<readonly string[]> {
  if (facts.isWatched) return [stateText(health), ...(health.reason === null ? [] : [health.reason])];
  const isThere = await stat(folder.path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return [
    ...(folder.isPaused ? ['The folder is paused.'] : []),
    ...(isThere ? [] : ['The folder cannot be reached at the moment.']),
    'No engine is running, so nobody watches the folder.',
  ];
}

function stateText({ state }: WatchFolderHealth): string {
  switch (state) {
    case 'watching':
      return 'The folder is being watched.';
    case 'polling':
      return 'The folder is looked through again and again, as its changes are not told.';
    case 'scanning':
      return 'The folder is being looked through.';
    case 'offline':
      return 'The folder cannot be reached at the moment; nothing in it counts as deleted.';
    case 'paused':
      return 'The folder is paused.';
    case 'unreliable':
      return 'The folder is looked through more often, as its changes are not told reliably.';
    default:
      return assertNever(state);
  }
}

function sayHold({ to, hold }: FolderFacts): readonly string[] {
  if (hold === null) return [];
  return [
    hold.failure === null ? `${to} is ${hold.kind}.` : `${to} waits: ${explainFailure(hold.failure).reason}`,
  ];
}
