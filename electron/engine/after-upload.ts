/**
 * What becomes of an original whose folder says "move" or "trash": only after the service confirmed a lasting asset of
 * the very size, only while the file is still the version that went up, never over another file.
 */
import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve } from 'node:path';
import type { Host } from '#ports/host.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { FileVersion } from '#ports/transfer.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';

export interface AfterUploadParts {
  readonly host: Host;
  readonly readFileVersion: (path: string, options: { followSymlink: boolean }) => Promise<FileVersion>;
}

/** Answers the new path of a moved file, `'trashed'`, or null where the file stays (and why it did is no failure). */
export async function putAway(
  job: StoredJob,
  folder: WatchFolder,
  parts: AfterUploadParts,
): Promise<string | null> {
  if (folder.after.kind === 'keep' || job.state.name !== 'completed') return null;
  if (job.state.asset.confirmedBytes !== job.file.sizeBytes) return null;
  const now = await parts.readFileVersion(job.path, { followSymlink: false }).catch(() => null);
  if (now === null || now.sizeBytes !== job.file.sizeBytes || now.mtimeNs !== job.file.mtimeNs) return null;
  if (folder.after.kind === 'trash') {
    if (parts.host.trash === null) return null;
    await parts.host.trash(job.path);
    return 'trashed';
  }
  const directory = resolve(folder.path, folder.after.directory);
  return moveTo(job.path, join(directory, relative(folder.path, job.path)));
}

async function moveTo(from: string, wanted: string): Promise<string> {
  await mkdir(dirname(wanted), { recursive: true });
  for (let count = 1; ; count += 1) {
    const target = count === 1 ? wanted : numbered(wanted, count);
    if (await exists(target)) continue;
    try {
      await rename(from, target);
    } catch (error) {
      if (!isCode(error, 'EXDEV')) throw error;
      await copyThenRemove(from, target);
    }
    return target;
  }
}

/** To another volume: the original goes only when the copy is whole. */
async function copyThenRemove(from: string, target: string): Promise<void> {
  const before = await stat(from);
  await copyFile(from, target, constants.COPYFILE_EXCL);
  const copied = await stat(target);
  if (copied.size !== before.size) {
    await rm(target, { force: true });
    throw new Error('The copy is not whole.');
  }
  await utimes(target, before.atime, before.mtime);
  await rm(from);
}

const numbered = (path: string, count: number) => {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)} (${count})${ending}`;
};

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error) => !isCode(error, 'ENOENT'),
  );
}

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code;
