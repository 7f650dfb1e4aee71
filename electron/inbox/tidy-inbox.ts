/** Takes files out of the inbox when nothing needs them any more. */
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Clock } from '#ports/clock.ts';
import type { Api } from '#shared/ipc.ts';
import { isTerminal, type UploadJob } from '#shared/job.ts';
import { fateOf } from './fate.ts';
import { givenAt, receivingFolder } from './receive-file.ts';

export interface InboxTidier {
  /** Looks at every file of the inbox, and removes those whose time has come. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export interface TidyOptions {
  /** Absolute, without symlinks. */
  readonly inboxDir: string;
  readonly api: Pick<Api, 'listJobs' | 'explainPath' | 'changesSince' | 'snapshot' | 'on'>;
  readonly clock: Clock;
  /** Makes and keeps a picture of a file: the list goes on showing one that is up, though the file itself is gone. */
  readonly thumbnail: (path: string, size: 64 | 512) => Promise<unknown>;
  readonly onBug: (what: string, error: unknown) => void;
}

export const sweepIntervalMs = 5 * 60_000;
const forgottenPartMs = 24 * 60 * 60_000;
const pageSize = 1000;

/** Follows the jobs of one engine: their ends at once, what is removed from the list at the next sweep. */
export function tidyInbox(options: TidyOptions): InboxTidier {
  const { inboxDir, api, clock } = options;
  /** Files that a job was seen of. */
  const known = new Set<string>();
  /** Nobody who ends waits for a picture. */
  const closed = Promise.withResolvers<void>();
  let isClosed = false;
  let cancelSweep = () => {};
  let work: Promise<void> = Promise.resolve();

  /** One thing after the other; a failure ends nothing but itself. */
  function enqueue(task: () => Promise<void>): Promise<void> {
    work = work.then(async () => {
      if (isClosed) return;
      try {
        await task();
      } catch (error) {
        // The engine may be ending; the next one is swept anew.
        if (!isClosed) options.onBug('inbox', error);
      }
    });
    return work;
  }

  async function consider(path: string): Promise<void> {
    const given = await givenAt(ownFolder(inboxDir, path));
    if (given === null) return;
    const jobs = await jobsOf(api, path);
    if (jobs.length > 0) known.add(path);
    const fate = fateOf({ jobs, hadJob: known.has(path), givenAt: given });
    if (fate === 'keep' || fate > clock.now() || isClosed) return;
    if (jobs.some(({ state }) => state.name === 'completed')) {
      await Promise.race([keepPictures(options.thumbnail, path), closed.promise]);
      if (isClosed) return;
    }
    await removeFile(inboxDir, path);
    known.delete(path);
  }

  async function sweep(): Promise<void> {
    cancelSweep();
    await removeForgottenParts(inboxDir, clock.now());
    for (const path of await filesOf(inboxDir)) {
      if (isClosed) return;
      await consider(path);
    }
    if (!isClosed) cancelSweep = clock.setTimer(sweepIntervalMs, () => void enqueue(sweep));
  }

  const stopFollowing = followEnds(api, enqueue, async (jobs) => {
    const paths = new Set(jobs.map(({ path }) => path).filter((path) => path.startsWith(inboxDir + sep)));
    for (const path of paths) await consider(path);
  });

  return {
    sweep: () => enqueue(sweep),
    async close() {
      isClosed = true;
      closed.resolve();
      stopFollowing();
      cancelSweep();
      await work;
    },
  };
}

async function keepPictures(thumbnail: TidyOptions['thumbnail'], path: string): Promise<void> {
  await thumbnail(path, 64);
  await thumbnail(path, 512);
}

type Follow = Pick<Api, 'changesSince' | 'snapshot' | 'on'>;

/** Hands over the jobs that end from now on. */
function followEnds(
  api: Follow,
  enqueue: (task: () => Promise<void>) => Promise<void>,
  onEnds: (jobs: readonly UploadJob[]) => Promise<void>,
): () => void {
  let seen: number | null = null;
  let isAsked = false;
  const look = async () => {
    isAsked = false;
    seen ??= (await api.snapshot()).revision;
    for (;;) {
      const page = await api.changesSince(seen, pageSize);
      seen = page.revision;
      await onEnds(page.rows.filter(({ state }) => isTerminal(state.name)));
      if (page.isComplete) return;
    }
  };
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    void enqueue(look);
  };
  ask();
  return api.on('countsChanged', ask);
}

async function jobsOf(
  api: Pick<Api, 'explainPath' | 'listJobs'>,
  path: string,
): Promise<readonly UploadJob[]> {
  const { jobIds } = await api.explainPath(path);
  if (jobIds.length === 0) return [];
  const page = await api.listJobs({
    filter: { ids: jobIds },
    sort: 'added',
    direction: 'descending',
    cursor: null,
    limit: pageSize,
  });
  return page.rows;
}

/** The folder directly below the inbox: one file's alone. */
const ownFolder = (inboxDir: string, path: string): string =>
  join(inboxDir, path.slice(inboxDir.length + 1).split(sep)[0] ?? '');

async function filesOf(inboxDir: string): Promise<readonly string[]> {
  const entries = await readdir(inboxDir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => ownFolder(inboxDir, path) !== join(inboxDir, receivingFolder));
}

/** The file, then the folders above it that are empty; one that is given anew meanwhile stays. */
async function removeFile(inboxDir: string, path: string): Promise<void> {
  await rm(path, { force: true });
  for (let folder = dirname(path); folder !== inboxDir; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
}

/** What a process that was killed was receiving. */
async function removeForgottenParts(inboxDir: string, now: number): Promise<void> {
  const folder = join(inboxDir, receivingFolder);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (now - mtimeMs > forgottenPartMs) await rm(path, { force: true });
  }
}
