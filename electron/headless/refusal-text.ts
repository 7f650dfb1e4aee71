/** Why a path that was just typed did not become a job. Pure. */
import type { ProgressRecord } from './records.ts';
import { safeLine } from './show/safe-text.ts';

/** What a shell takes for a pattern: * and ?, and at the end of the path [a-z] or {a,b}, which folders are named with. */
const pattern = /[*?]|(\[[^\]]+\]|\{[^{}]*,[^{}]*\})[^/\\]*$/;

/** What was just typed was hardly "moved or deleted". */
export function refusalText({
  path,
  failure,
}: Pick<Extract<ProgressRecord, { type: 'refused' }>, 'path' | 'failure'>): string {
  if (failure !== null && failure.code !== 'file-missing')
    return safeLine(`${failure.reason} ${failure.hint}`);
  if (failure?.facts.linkTarget !== undefined) return safeLine(failure.reason);
  const missing = 'There is no such file or directory.';
  return pattern.test(path)
    ? `${missing} A pattern is expanded by the shell, and only where it is not quoted and something matches it.`
    : missing;
}
