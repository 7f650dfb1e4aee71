/** The file of one transfer: opened once, read from that handle only, and checked again after the last byte. */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { type FileHandle, readlink, stat } from 'node:fs/promises';
import type { Clock } from '#ports/clock.ts';
import { isSameVersion } from '#ports/file-version.ts';
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import { chunkBytes } from './chunks.ts';
import { openRegularFile, readFileVersion, sourceError, versionOf } from './file-version.ts';

/** Why a file cannot be sent (any more), and what is at its path instead. */
export class SourceChanged extends UploadError {
  readonly current: FileVersion | null;

  constructor(current: FileVersion | null, message: string) {
    super('file-changed', message);
    this.current = current;
  }
}

export interface SourceFile {
  readonly sizeBytes: number;
  /** Fills `into` from `position`. Throws SourceChanged where the file ends before, UploadError where it cannot be read. */
  read(into: Uint8Array, position: number): Promise<void>;
  /** A quick look while bytes flow. Throws SourceChanged. */
  check(): Promise<void>;
  /**
   * After the last byte. `sentSha256` is null where not all bytes were read; then nothing of it can be confirmed, and
   * size and mtime decide. Returns the path that the file has now if it was renamed meanwhile, else null.
   */
  verify(sentSha256: string | null, signal: AbortSignal): Promise<string | null>;
  close(): Promise<void>;
}

/** A read on a dead network drive may never come back; the rest of the engine does not wait for it. */
const closeWaitMs = 1_000;

export async function openSource(
  path: string,
  options: { readonly expected: FileVersion; readonly followSymlink: boolean; readonly clock: Clock },
): Promise<SourceFile> {
  const { handle, stats: opened } = await openRegularFile(path, options);
  const version = versionOf(opened);
  if (!isSameVersion(version, options.expected)) {
    await handle.close();
    throw new SourceChanged(version, 'before it was sent');
  }
  const { sizeBytes } = version;

  async function changed(message: string): Promise<SourceChanged> {
    return new SourceChanged(await readFileVersion(path, options).catch(() => null), message);
  }

  /** Throws where size or mtime moved; the inode cannot, the handle holds it. */
  async function restat(): Promise<BigIntStats> {
    const now = await handle
      .stat({ bigint: true })
      .catch((error: unknown) => Promise.reject(sourceError(error)));
    if (now.size !== opened.size || now.mtimeNs !== opened.mtimeNs) throw await changed('while it was sent');
    return now;
  }

  return {
    sizeBytes,
    async read(into, position) {
      let filled = 0;
      while (filled < into.length) {
        const { bytesRead } = await handle
          .read(into, filled, into.length - filled, position + filled)
          .catch((error: unknown) => Promise.reject(sourceError(error)));
        if (bytesRead === 0) throw await changed('it became shorter');
        filled += bytesRead;
      }
    },
    async check() {
      await restat();
    },
    async verify(sentSha256, signal) {
      const now = await restat();
      if (now.ctimeNs === opened.ctimeNs || sentSha256 === null) return null;
      // Something was done to it that left size and mtime alone: a rename, new rights, or a rewrite that put the mtime
      // back. The bytes tell which.
      if ((await hashHandle(handle, sizeBytes, signal)) !== sentSha256)
        throw await changed('while it was sent');
      await restat();
      return await newPath(path, handle, now);
    },
    async close() {
      const { promise: waited, resolve } = Promise.withResolvers<void>();
      const undo = options.clock.setTimer(closeWaitMs, resolve);
      await Promise.race([handle.close().catch(() => undefined), waited]);
      undo();
    },
  };
}

/** Lower-case hex of the first `sizeBytes` bytes, or of what there is. Throws UploadError where it cannot be read. */
export async function hashHandle(
  handle: FileHandle,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(sizeBytes, 1)));
  for (let position = 0; position < sizeBytes; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle
      .read(buffer, 0, Math.min(buffer.length, sizeBytes - position), position)
      .catch((error: unknown) => Promise.reject(sourceError(error)));
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  return hash.digest('hex');
}

/** Null where the file is still at its path, or nobody can know where it went. */
async function newPath(path: string, handle: FileHandle, opened: BigIntStats): Promise<string | null> {
  const leadsTo = async (candidate: string) => {
    const there = await stat(candidate, { bigint: true }).catch(() => null);
    return there !== null && there.ino === opened.ino && there.dev === opened.dev;
  };
  if (await leadsTo(path)) return null;
  // Linux alone tells the path of an open file; for an unlinked one it adds " (deleted)", which leads nowhere.
  const candidate = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => null);
  return candidate !== null && (await leadsTo(candidate)) ? candidate : null;
}
