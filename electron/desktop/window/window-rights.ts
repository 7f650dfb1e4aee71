/** What a window may ask the engine for, and which addresses it may open. */
import type { Session } from '#ipc';
import { failure } from '#shared/failure.ts';
import type { JobId } from '#shared/job.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { type FolderConsent, foldersNamed } from './named-folders.ts';
import { folderRefusal } from './texts.ts';

/** Links that the engine made for a window, which is how it may open them. */
export interface ToldLinks {
  remember(id: JobId, link: string): void;
  has(id: JobId, link: string): boolean;
}

/** Enough for everything that is in view, and for signed links of which there is a new one each time. */
const mostRemembered = 1000;

export function createToldLinks(): ToldLinks {
  const told = new Set<string>();
  const keyOf = (id: JobId, link: string) => `${id} ${link}`;
  return {
    remember(id, link) {
      told.add(keyOf(id, link));
      const oldest = told.values().next().value;
      if (told.size > mostRemembered && oldest !== undefined) told.delete(oldest);
    },
    has: (id, link) => told.has(keyOf(id, link)),
  };
}

export interface Rights {
  readonly links: ToldLinks;
  /** Whether a job has, or had, its file there. */
  readonly isFileOfJob: (path: string) => Promise<boolean>;
  readonly watchFolders: () => Promise<readonly WatchFolder[]>;
  readonly folders: Pick<FolderConsent, 'allows'>;
}

/**
 * A window names files by what it was given. A path it may say only where the engine has told it: of a file that has a job
 * already, to send it once more. About a folder that it names, the person is asked.
 */
export const limitSession = (session: Session, { links, isFileOfJob, ...rights }: Rights): Session => ({
  ...session,
  async dispatch(name, args) {
    const [first] = args;
    if (name === 'relocateJob' || (name === 'addFiles' && !(await areKnown(first, isFileOfJob)))) {
      return { ok: false, failure: failure('invalid', 'A window names no paths; it is given files.') };
    }
    if (namesFolders.has(name)) {
      const named = foldersNamed(name, args, await rights.watchFolders());
      if (!(await rights.folders.allows(named))) {
        return { ok: false, failure: failure('folder-refused', folderRefusal) };
      }
    }
    const answer = await session.dispatch(name, args);
    if (name === 'copyLink' && answer.ok && typeof first === 'number') {
      const { value } = answer;
      if (typeof value === 'object' && value !== null && 'formatted' in value) {
        links.remember(first, value.text);
      }
    }
    return answer;
  },
});

const namesFolders: ReadonlySet<string> = new Set(['addWatchFolder', 'updateWatchFolder', 'importSettings']);

/** What is no list of paths, the engine refuses by itself. */
async function areKnown(paths: unknown, isFileOfJob: Rights['isFileOfJob']): Promise<boolean> {
  if (!Array.isArray(paths)) return true;
  for (const path of paths) {
    if (typeof path === 'string' && !(await isFileOfJob(path))) return false;
  }
  return true;
}

/** https anywhere; http on this machine only (the demo service); nothing that carries a name and password. */
export function mayBeOpened(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
