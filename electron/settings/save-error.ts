import { basename, dirname } from 'node:path';
import { dataDirError } from '#ports/data-dir-error.ts';
import { UploadError } from '#ports/upload-error.ts';
import { errnoOf, isDiskFull } from './durable-file.ts';

/** A save that failed, as the rest of the engine knows it. */
export function saveError(path: string, error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  const name = basename(path);
  if (isDiskFull(error)) return new UploadError('disk-full', `${name} could not be saved.`, { cause: error });
  const refused = dataDirError(dirname(path), error);
  if (refused !== null) {
    const { code, message, facts } = refused.failure;
    return new UploadError(code, `${name} could not be saved. ${message}`, { facts, cause: error });
  }
  return new UploadError('internal', `${name} could not be saved (${errnoOf(error) ?? 'unknown reason'}).`, {
    cause: error,
  });
}
