/** Opens files that are about to be sent, and tells which version of them is there. */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import { noInode } from '#ports/file-version.ts';
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { FailureCode } from '#shared/failure.ts';

export function versionOf(stats: BigIntStats): FileVersion {
  return {
    sizeBytes: Number(stats.size),
    mtimeNs: String(stats.mtimeNs),
    inode: stats.ino === 0n ? noInode : `${stats.dev}:${stats.ino}`,
  };
}

const failureOfErrno: Readonly<Record<string, FailureCode>> = {
  ENOENT: 'file-missing',
  ENOTDIR: 'file-missing',
  ENAMETOOLONG: 'file-missing',
  EACCES: 'file-unreadable',
  EPERM: 'file-unreadable',
  EBUSY: 'file-locked',
  EAGAIN: 'file-locked',
  ETXTBSY: 'file-locked',
  // With O_NOFOLLOW: a symlink (EMLINK on FreeBSD). Opening a socket or a device that is gone gives ENXIO.
  ELOOP: 'not-a-file',
  EMLINK: 'not-a-file',
  EISDIR: 'not-a-file',
  ENXIO: 'not-a-file',
  // Our own limits; they pass.
  EMFILE: 'internal',
  ENFILE: 'internal',
  ENOMEM: 'internal',
};

/** Texts of the file system hold the path and nothing secret, but the errno says it all. */
export function sourceError(error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  const errno = (error as NodeJS.ErrnoException | null)?.code;
  if (typeof errno !== 'string') throw error;
  return new UploadError(failureOfErrno[errno] ?? 'read-failed', errno);
}

export interface OpenedFile {
  readonly handle: FileHandle;
  readonly stats: BigIntStats;
}

/**
 * Opens a regular file for reading, and nothing else: pipes, sockets and devices are not even opened, and should one
 * take the file's place in between, O_NONBLOCK keeps its open from waiting for a writer.
 * Throws UploadError `file-missing`, `file-unreadable`, `file-locked`, `not-a-file`, `read-failed`.
 */
export async function openRegularFile(
  path: string,
  options: { readonly followSymlink: boolean },
): Promise<OpenedFile> {
  let handle: FileHandle | null = null;
  try {
    assertRegular(await (options.followSymlink ? stat : lstat)(path, { bigint: true }));
    // Windows has neither flag; there the constants are missing.
    const noFollow = options.followSymlink ? 0 : (constants.O_NOFOLLOW ?? 0);
    handle = await open(path, constants.O_RDONLY | noFollow | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat({ bigint: true });
    assertRegular(stats);
    return { handle, stats };
  } catch (error) {
    await handle?.close();
    throw sourceError(error);
  }
}

function assertRegular(stats: BigIntStats): void {
  if (!stats.isFile()) throw new UploadError('not-a-file', '');
}

/** The version that is at the path now, having proven that it opens. Throws UploadError as `openRegularFile` does. */
export async function readFileVersion(
  path: string,
  options: { readonly followSymlink: boolean },
): Promise<FileVersion> {
  const { handle, stats } = await openRegularFile(path, options);
  await handle.close();
  return versionOf(stats);
}
