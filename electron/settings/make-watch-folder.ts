/** From a draft or a patch to a watch folder that may be stored. Pure. */
import { isAbsolute, resolve } from 'node:path';
import {
  type WatchFolder,
  type WatchFolderDraft,
  watchFolderDraftSchema,
  watchFolderSchema,
} from '#shared/watch-folder.ts';
import { applyPatch, type Fields } from './apply-patch.ts';
import { invalid, type Problem, problemsOf, wrong } from './invalid.ts';

const draftFields = Object.keys(watchFolderDraftSchema.shape);

/** A new watch folder under `id`. Throws UploadError `invalid`, one clause per field. */
export function makeWatchFolder(
  draft: WatchFolderDraft,
  identity: { readonly id: string; readonly addedAt: number },
  others: readonly WatchFolder[],
): WatchFolder {
  const given = applyPatch({}, { ...draft }, { known: draftFields, fixed: [] });
  return parse({ ...given, ...identity }, others);
}

/** The watch folder with some fields changed. Throws UploadError `invalid`, one clause per field. */
export function patchWatchFolder(
  folder: WatchFolder,
  patch: Fields,
  others: readonly WatchFolder[],
): WatchFolder {
  const rules = { known: [...draftFields, 'id', 'addedAt'], fixed: ['id', 'addedAt'] };
  return parse(applyPatch(folder, patch, rules), others);
}

function parse(value: Fields, others: readonly WatchFolder[]): WatchFolder {
  const parsed = watchFolderSchema.safeParse(value);
  if (!parsed.success) throw invalid(problemsOf(parsed.error));
  const problems = [...pathProblems(parsed.data, others), ...sizeProblems(parsed.data)];
  if (problems.length > 0) throw invalid(problems);
  return { ...parsed.data, path: resolve(parsed.data.path) };
}

function pathProblems({ id, path }: WatchFolder, others: readonly WatchFolder[]): readonly Problem[] {
  if (!isAbsolute(path) || path.includes('\0')) {
    return [wrong('path', 'Give the whole path of a folder.')];
  }
  const isWatched = others.some((other) => other.id !== id && other.path === resolve(path));
  return isWatched ? [wrong('path', 'This folder is watched already.')] : [];
}

function sizeProblems({ minBytes, maxBytes }: WatchFolder): readonly Problem[] {
  const isImpossible = minBytes !== undefined && maxBytes !== undefined && minBytes > maxBytes;
  return isImpossible ? [wrong('minBytes', 'is more than maxBytes')] : [];
}
