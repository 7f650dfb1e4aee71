/** What both ways to watch a folder share: for ever, and once. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import type { EngineConnection } from '#ipc';
import type { Api, Snapshot } from '#shared/ipc.ts';
import { isTerminal, stateNames, type UploadJob } from '#shared/job.ts';
import type { WatchFolder, WatchFolderDraft } from '#shared/watch-folder.ts';
import { type Following, listJobs } from '../follow/follow.ts';
import type { Ledger } from '../follow/ledger.ts';
import type { Reporter } from '../follow/reporter.ts';
import * as texts from '../texts.ts';
import { CommandError, UsageError } from '../usage-error.ts';

/** What the options say of a folder's rules; a rule that is not named keeps its default, or what it was. */
export type Rules = Omit<WatchFolderDraft, 'path' | 'destinationId'>;

export interface Scene {
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

/** The path without links on it: the engine knows files by it. One that is away for now stays as it was written. */
export const truePath = (path: string): Promise<string> => realpath(path).catch(() => path);

/** A typo must not be watched for ever. A remembered folder may be away for a while, so only new ones are asked. */
export async function mustBeReadable(path: string): Promise<void> {
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

/** Jobs of an earlier time that go on now: new files may have joined them. */
export async function takeOpen(
  api: Api,
  ledger: Ledger,
  concerns: (job: UploadJob) => boolean,
): Promise<void> {
  const states = stateNames.filter((name) => !isTerminal(name));
  for await (const job of listJobs(api, { states })) if (concerns(job)) ledger.take(job);
}

/** The remembered watch folder of this path; null where there is none. */
export const findFolder = ({ folders }: Snapshot, path: string): WatchFolder | null =>
  folders.find(({ folder }) => folder.path === path && folder.isTemporary !== true)?.folder ?? null;
