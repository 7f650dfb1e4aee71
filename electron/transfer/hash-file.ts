import { isSameVersion } from '#ports/file-version.ts';
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import { openRegularFile, readFileVersion, versionOf } from './file-version.ts';
import { hashHandle } from './source-file.ts';

export type HashResult =
  | { readonly sha256: string }
  /** What is at the path instead of the expected version; null where nothing is. */
  | { readonly changed: FileVersion | null };

/**
 * The SHA-256 of a file, if it is the expected version before and after. Rejects with the signal's reason, or with
 * UploadError where the file cannot be read.
 */
export async function hashFile(
  path: string,
  expected: FileVersion,
  signal: AbortSignal,
): Promise<HashResult> {
  signal.throwIfAborted();
  const options = { followSymlink: true };
  const opened = await openRegularFile(path, options).catch(orMissing);
  if (opened === null) return { changed: null };
  const { handle, stats } = opened;
  try {
    if (!isSameVersion(versionOf(stats), expected)) return { changed: versionOf(stats) };
    const sha256 = await hashHandle(handle, expected.sizeBytes, signal);
    const after = await handle.stat({ bigint: true });
    if (after.ctimeNs === stats.ctimeNs && isSameVersion(versionOf(after), expected)) return { sha256 };
    const current = await readFileVersion(path, options).catch(orMissing);
    // Renamed and the like: the version is still the expected one, and so is what was read of it.
    return isSameVersion(versionOf(after), expected) ? { sha256 } : { changed: current };
  } finally {
    await handle.close();
  }
}

function orMissing(error: unknown): null {
  if (error instanceof UploadError && error.code === 'file-missing') return null;
  throw error;
}
