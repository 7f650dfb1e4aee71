/**
 * Folders that a window names by their path. A watch folder sends what is in it, and may move it, without anybody looking: a
 * page that is not ours any more must not get one by naming it. What the person chose in the system's own dialog, or dropped,
 * is taken at its word; about anything else the system asks, where no page can answer.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import { z } from 'zod';
import type { WatchFolder } from '#shared/watch-folder.ts';
import type { GivenFiles } from './given-files.ts';
import { folderQuestion, takeFolders } from './texts.ts';

type KnownFolder = Pick<WatchFolder, 'id' | 'path' | 'after'>;

const carriedSchema = z.object({ watchFolders: z.array(z.unknown()) });
/** No more of a draft than where it reads and writes. */
const draftSchema = z.object({
  path: z.string(),
  after: z.object({ directory: z.string().optional() }).optional().catch(undefined),
});

/**
 * The folders that a request would newly have read or written to; absolute, each once. What is no draft of a folder is left to
 * the engine to refuse. Pure.
 */
export function foldersNamed(
  name: string,
  args: readonly unknown[],
  known: readonly KnownFolder[],
): readonly string[] {
  const before = new Set(known.flatMap(placesOf));
  const named = draftsIn(name, args, known).flatMap(placesOf);
  return [...new Set(named)].filter((path) => !before.has(path));
}

function draftsIn(name: string, args: readonly unknown[], known: readonly KnownFolder[]): readonly unknown[] {
  const [first, second] = args;
  switch (name) {
    case 'addWatchFolder':
      return [first];
    case 'updateWatchFolder':
      return [{ path: known.find(({ id }) => id === first)?.path, ...Object(second) }];
    case 'importSettings':
      return carriedFolders(first);
    default:
      return [];
  }
}

function carriedFolders(text: unknown): readonly unknown[] {
  try {
    return carriedSchema.parse(JSON.parse(String(text))).watchFolders;
  } catch {
    // No settings at all: the engine says so.
    return [];
  }
}

/** The folder, and where its originals are moved to unless that is within it. */
function placesOf(draft: unknown): readonly string[] {
  const parsed = draftSchema.safeParse(draft);
  if (!parsed.success) return [];
  const path = resolve(parsed.data.path);
  const directory = parsed.data.after?.directory;
  if (directory === undefined) return [path];
  const target = resolve(path, directory);
  const way = relative(path, target);
  return way.startsWith('..') || isAbsolute(way) ? [path, target] : [path];
}

export interface FolderConsent {
  /** The person named this folder in the system's own dialog. */
  chosen(path: string): void;
  /** Asks about those that the person has not named already; false: they said no. */
  allows(paths: readonly string[]): Promise<boolean>;
}

export function createFolderConsent(parts: {
  readonly window: () => BrowserWindow;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly given: Pick<GivenFiles, 'holds'>;
}): FolderConsent {
  const agreed = new Set<string>();
  return {
    chosen: (path) => void agreed.add(resolve(path)),
    async allows(paths) {
      const open = paths.filter((path) => !agreed.has(path) && !parts.given.holds(path));
      if (open.length === 0) return true;
      const { response } = await parts.dialog.showMessageBox(parts.window(), folderQuestion(open));
      if (response !== takeFolders) return false;
      for (const path of open) agreed.add(path);
      return true;
    },
  };
}
