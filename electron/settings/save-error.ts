import { basename } from 'node:path';
import { UploadError } from '#ports/upload-error.ts';
import { errnoOf, isDiskFull } from './durable-file.ts';

/** A save that failed, as the rest of the engine knows it. */
export function saveError(path: string, error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  const name = basename(path);
  return isDiskFull(error)
    ? new UploadError('disk-full', `${name} could not be saved.`, { cause: error })
    : new UploadError('internal', `${name} could not be saved (${errnoOf(error) ?? 'unknown reason'}).`, {
        cause: error,
      });
}
