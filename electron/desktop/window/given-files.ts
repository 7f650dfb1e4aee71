/** Files that a window was given, by ids that mean nothing outside it. Their paths stay in the main process. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import mime from 'mime';
import { UploadError } from '#ports/upload-error.ts';
import type { GivenFile } from '#shared/window-host.ts';

export interface GivenFiles {
  /** Null: there is nothing at that path, or it is no path. */
  take(path: string): Promise<GivenFile | null>;
  /** Throws UploadError `invalid` for an id that was not given here. */
  pathOf(id: string): string;
  /** Whether it was given under exactly this path. */
  holds(path: string): boolean;
}

/** The oldest are forgotten first: more than anybody drops and still looks at. */
const mostKept = 1_000_000;

export function createGivenFiles(): GivenFiles {
  const paths = new Map<string, string>();
  return {
    async take(path) {
      if (!isAbsolute(path)) return null;
      const found = await stat(path).catch(() => null);
      if (found === null) return null;
      const id = randomUUID();
      paths.set(id, path);
      const oldest = paths.keys().next().value;
      if (paths.size > mostKept && oldest !== undefined) paths.delete(oldest);
      const name = basename(path);
      return found.isDirectory()
        ? { id, path, name, size: 0, type: '', isFolder: true }
        : { id, path, name, size: found.size, type: mime.getType(name) ?? '', isFolder: false };
    },
    pathOf(id) {
      const path = paths.get(id);
      if (path === undefined) throw new UploadError('invalid', 'This window was given no such file.');
      return path;
    },
    holds: (path) => paths.values().some((given) => given === path),
  };
}

/** As many at once as one disk answers well. */
const atOnce = 32;

/** In the order of the paths. */
export async function takeAll(
  given: GivenFiles,
  paths: readonly string[],
): Promise<readonly (GivenFile | null)[]> {
  const taken: (GivenFile | null)[] = [];
  for (let from = 0; from < paths.length; from += atOnce) {
    taken.push(...(await Promise.all(paths.slice(from, from + atOnce).map((path) => given.take(path)))));
  }
  return taken;
}
