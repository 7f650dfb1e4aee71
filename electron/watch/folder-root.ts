import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { WalkRules } from '#ports/watcher.ts';
import type { InotifyLimits } from './degradation.ts';
import { type FileSystemKind, kindOfType, typeByMounts } from './file-systems.ts';
import type { RuleSource } from './ignore-rules.ts';
import { isSameOrBelow } from './refusal.ts';
import { codeOf } from './walk.ts';

export type Root =
  | { readonly state: 'there'; readonly path: string; readonly kind: FileSystemKind }
  | { readonly state: 'away'; readonly reason: string }
  | { readonly state: 'not-a-folder' };

/** Resolves links in the path once, and finds out what it is on. */
export async function probeRoot(path: string): Promise<Root> {
  try {
    const real = await realpath(path);
    if (!(await stat(real)).isDirectory()) return { state: 'not-a-folder' };
    return { state: 'there', path: real, kind: await kindAt(real) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'away', reason: 'The folder is not there.' };
    if (code === 'EACCES' || code === 'EPERM')
      return { state: 'away', reason: 'Hoist may not read the folder.' };
    return { state: 'away', reason: `The folder cannot be read (${code}).` };
  }
}

async function kindAt(path: string): Promise<FileSystemKind> {
  if (path.startsWith('\\\\')) return { isNetwork: true, hasStableInodes: false };
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => null);
  const type = mounts === null ? null : typeByMounts(mounts, path);
  return type === null ? { isNetwork: false, hasStableInodes: true } : kindOfType(type);
}

/** The rules of a folder whose real path is `root`; Hoist's own data and the place that files are moved to stay out. */
export function ruleSourceOf(folder: WalkRules, root: string, dataDir: string): RuleSource {
  const outside = [{ directory: dataDir, reason: 'the data of Hoist itself' }];
  if (folder.after?.kind === 'move') {
    const directory = resolve(root, folder.after.directory);
    outside.push({ directory, reason: 'the folder that files are moved to after their upload' });
  }
  return {
    ignore: folder.ignore,
    minBytes: folder.minBytes ?? null,
    maxBytes: folder.maxBytes ?? null,
    leftOut: outside.flatMap(({ directory, reason }) => {
      const way = relative(root, directory);
      if (way === '' || isAbsolute(way) || !isSameOrBelow(directory, root)) return [];
      return [{ directory: way.split(sep).join('/'), reason }];
    }),
  };
}

/** The lower one counts where a user namespace has its own. */
export async function readInotifyLimits(): Promise<InotifyLimits> {
  const read = async (names: readonly string[]) => {
    const texts = await Promise.all(
      names.map((name) => readFile(`/proc/sys/${name}`, 'utf8').catch(() => '')),
    );
    const numbers = texts
      .map((text) => Number.parseInt(text, 10))
      .filter((number) => Number.isFinite(number));
    return numbers.length === 0 ? null : Math.min(...numbers);
  };
  return {
    watches: await read(['fs/inotify/max_user_watches', 'user/max_inotify_watches']),
    instances: await read(['fs/inotify/max_user_instances', 'user/max_inotify_instances']),
  };
}
