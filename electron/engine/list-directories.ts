/** The folders in a folder, for choosing one where no system dialog is at hand. Looks only, and never throws. */
import { opendir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Failure, failure } from '#shared/failure.ts';
import type { DirectoryListing } from '#shared/ipc.ts';

/** More than this nobody picks from by eye. */
export const mostDirectories = 1000;

/** As a person sorts: in any case, "2" before "10"; names that differ by case only have an order, too. */
function sortNaturally(names: string[]): string[] {
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return names.sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
}

/** `asked`: absolute, or from `~` on; null asks for the home folder. */
export async function listDirectories(asked: string | null, homeDir: string): Promise<DirectoryListing> {
  const wanted = expandHome(asked ?? homeDir, homeDir);
  const path = resolve(homeDir, wanted);
  const parent = dirname(path) === path ? null : dirname(path);
  const refused = (why: Failure) => ({ path, parent, directories: [], isCut: false, failure: why });
  if (!isAbsolute(wanted)) return refused(failure('invalid', 'Give the whole path of a folder.'));
  try {
    const names = sortNaturally(await namesIn(path));
    const shown = names.slice(0, mostDirectories);
    return {
      path,
      parent,
      directories: shown.map((name) => ({ name, path: join(path, name) })),
      isCut: shown.length < names.length,
      failure: null,
    };
  } catch (error) {
    return refused(failureOf(error, path));
  }
}

function expandHome(path: string, homeDir: string): string {
  if (path === '~') return homeDir;
  return path.startsWith('~/') || path.startsWith('~\\') ? join(homeDir, path.slice(2)) : path;
}

async function namesIn(path: string): Promise<string[]> {
  const names: string[] = [];
  // Entry by entry: there may be a million files among them.
  for await (const entry of await opendir(path)) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToDirectory(join(path, entry.name))))) {
      names.push(entry.name);
    }
  }
  return names;
}

async function leadsToDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function failureOf(error: unknown, path: string): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return failure('not-found', `There is no folder ${path}.`, { path });
    case 'ENOTDIR':
      return failure('invalid', `${path} is no folder.`, { path });
    case 'EACCES':
    case 'EPERM':
      return failure('folder-unreadable', '', { path });
    case 'ERR_INVALID_ARG_VALUE':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return failure('invalid', 'No folder can have this path.');
    default:
      return failure('read-failed', code, { path });
  }
}
