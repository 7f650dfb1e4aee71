/** What the file system says of the data directory, as the failure that a person reads. */
import { UploadError } from './upload-error.ts';

const words: Readonly<Record<string, string>> = {
  EACCES: 'You have no permission there',
  EPERM: 'The system does not permit it',
  EROFS: 'It is on a file system that can only be read',
  ENOTDIR: 'A part of the path is a file',
  ENOENT: 'A part of the path cannot be made there',
  ELOOP: 'Its links lead in a circle',
  ENAMETOOLONG: 'The path is too long',
  EIO: 'The disk gave an error',
  EISDIR: 'There is a directory where a file should be',
};

/** No room, by whatever limit. */
const isFull = (errno: string) => errno === 'ENOSPC' || errno === 'EDQUOT';

/** Null where the error does not come from the file system. `disk-full`, or `data-dir-unusable` with the errno in words. */
export function dataDirError(directory: string, error: unknown): UploadError | null {
  if (error instanceof UploadError || !(error instanceof Error)) return null;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return null;
  if (isFull(code)) return new UploadError('disk-full', '', { facts: { path: directory }, cause: error });
  const why = words[code];
  return unusable(directory, why === undefined ? `${code}.` : `${why} (${code}).`, error);
}

/** `why`: a sentence. */
export const unusable = (directory: string, why: string, cause?: unknown): UploadError =>
  new UploadError('data-dir-unusable', why, { facts: { path: directory }, cause });
