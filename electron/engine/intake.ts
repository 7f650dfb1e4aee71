/** Takes files and folders that a person gave: checks them, walks folders, queues them in batches. */
import { randomUUID } from 'node:crypto';
import { readlink, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { noInode } from '#ports/file-version.ts';
import type { NewJob } from '#ports/journal.ts';
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Watcher } from '#ports/watcher.ts';
import type { Queue } from '#queue';
import type { Destination } from '#shared/destination.ts';
import { type Failure, failure } from '#shared/failure.ts';
import type { AddedFile, AddOptions, AddReport } from '#shared/ipc.ts';
import { newJob } from './orders.ts';
import { type Given, type KnownEdges, planEdges } from './plan-edges.ts';

const batchSize = 500;

type Checked = Given &
  ({ readonly file: FileVersion; readonly truePath: string } | { readonly failure: Failure });

export interface IntakeOptions {
  readonly queue: Queue;
  readonly watcher: Watcher;
  readonly readFileVersion: (path: string, options: { followSymlink: boolean }) => Promise<FileVersion>;
  readonly edgesOf: (destination: Destination) => Promise<KnownEdges>;
  /** Absolute, without symlinks: what lies below it came from a window, which knows name, size and date of a file. */
  readonly inboxDir: string;
  readonly now: () => number;
}

export async function takeFiles(
  paths: readonly string[],
  destination: Destination,
  options: AddOptions,
  parts: IntakeOptions,
): Promise<AddReport> {
  const batchId = randomUUID();
  const ignored: { path: string; rule: string }[] = [];
  const files: AddedFile[] = [];
  const edges = await parts.edgesOf(destination);
  const givenEdges = (options.edges ?? []).map(({ edge, path }) => ({ edge, path }));
  const plan = planEdges(paths, givenEdges, destination, edges);
  if ('failure' in plan) {
    return { batchId, files: plan.paths.map((path) => refusedFile(path, plan.failure)), ignored };
  }
  let pending: Checked[] = [];
  const flush = async () => {
    files.push(
      ...(await queueChecked(pending, destination, { batchId, groupId: plan.groupId, ...options }, parts)),
    );
    pending = [];
  };
  for await (const given of expand(plan.files, options.ignore ?? [], parts, ignored)) {
    pending.push(given);
    if (pending.length >= batchSize) await flush();
  }
  await flush();
  return { batchId, files, ignored };
}

async function* expand(
  given: readonly Given[],
  ignore: readonly string[],
  parts: IntakeOptions,
  ignored: { path: string; rule: string }[],
): AsyncGenerator<Checked> {
  for (const one of given) {
    const kind = await kindOf(one.path);
    if (kind === 'directory') {
      const unread: string[] = [];
      const tree = parts.watcher.walk(
        await realpath(one.path),
        { ignore },
        (file) => ignored.push(file),
        (path) => unread.push(path),
      );
      for await (const { path, version } of tree)
        yield { path, edge: one.edge, file: version, truePath: path };
      // Whatever these hold is not known: said, like a file that may not be read.
      for (const path of unread) yield { path, edge: one.edge, failure: failure('folder-unreadable') };
    } else {
      yield await checkFile(one, parts);
    }
  }
}

async function kindOf(path: string): Promise<'directory' | 'other'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'other';
  } catch {
    return 'other';
  }
}

/** A symlink that a person named is resolved once, here; from then on the true path counts. */
async function checkFile(given: Given, parts: IntakeOptions): Promise<Checked> {
  try {
    const truePath = await realpath(given.path).catch(() => given.path);
    const file = await parts.readFileVersion(truePath, { followSymlink: false });
    // Each time it is given, it is another copy: only by its inode is it another file.
    const isCopy = truePath.startsWith(parts.inboxDir + sep);
    return { ...given, truePath, file: isCopy ? { ...file, inode: noInode } : file };
  } catch (error) {
    const seen = error instanceof UploadError ? error.failure : failure('read-failed');
    return { ...given, failure: (await failureOfLink(given.path)) ?? seen };
  }
}

/** A symlink that leads nowhere; null for anything else. */
async function failureOfLink(path: string): Promise<Failure | null> {
  const linkTarget = await readlink(path).catch(() => null);
  const isDangling = await stat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  return linkTarget !== null && isDangling ? failure('file-missing', '', { linkTarget }) : null;
}

async function queueChecked(
  checked: readonly Checked[],
  destination: Destination,
  batch: { batchId: string; groupId: string | null; isForced?: boolean | undefined },
  parts: IntakeOptions,
): Promise<readonly AddedFile[]> {
  const wanted = checked.filter((one) => 'file' in one);
  // A flow run goes whole or not at all.
  const broken = batch.groupId !== null && wanted.length < checked.length;
  const jobs: readonly NewJob[] = broken
    ? []
    : wanted.map((one) =>
        newJob({
          destinationId: destination.id,
          path: one.truePath,
          file: one.file,
          edge: one.edge,
          groupId: batch.groupId,
          batchId: batch.batchId,
          isForced: batch.isForced ?? false,
          now: parts.now(),
        }),
      );
  const results = jobs.length === 0 ? [] : await parts.queue.add(jobs);
  let next = 0;
  return checked.map((one) => {
    if ('failure' in one) return refusedFile(one.path, one.failure);
    if (broken)
      return refusedFile(one.path, failure('edge-unfilled', 'Another file of the flow run was refused.'));
    const result = results[next];
    next += 1;
    if (result === undefined) return refusedFile(one.path, failure('internal'));
    const outcome = result.outcome === 'changed' ? 'joined' : result.outcome;
    return { path: one.path, jobId: result.job.id, outcome, failure: null };
  });
}

const refusedFile = (path: string, why: Failure): AddedFile => ({
  path,
  jobId: null,
  outcome: 'refused',
  failure: why,
});
