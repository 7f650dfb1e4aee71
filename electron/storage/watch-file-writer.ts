/** Rows of files that watch folders have seen, with the count of each class. */
import type { FileClass, WatchFile } from '#ports/journal.ts';
import type { WriteContext } from './job-writer.ts';
import { prepareQuery } from './statement.ts';

export interface WatchFileWriter {
  save(
    put: readonly WatchFile[],
    remove: readonly { readonly folderId: string; readonly relativePath: string }[],
  ): void;
  /** Removes at most `limit` rows of a folder; answers how many it did. */
  forget(folderId: string, limit: number): number;
}

export function createWatchFileWriter({ database, names, tallies }: WriteContext): WatchFileWriter {
  const classOf = prepareQuery(database, 'SELECT file_class FROM watch_files WHERE folder = ? AND path = ?');
  // A job that was removed in the meantime is not pointed at.
  const put = database.prepare(
    `INSERT OR REPLACE INTO watch_files (folder, path, size_bytes, mtime_ns, inode, file_class, rule, job, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM jobs WHERE id = ?), ?)`,
  );
  const drop = database.prepare('DELETE FROM watch_files WHERE folder = ? AND path = ?');
  const first = prepareQuery(database, 'SELECT path FROM watch_files WHERE folder = ? ORDER BY path LIMIT ?');

  function uncount(folder: number, path: string): boolean {
    const old = classOf.get(folder, path)?.[0];
    if (old === undefined) return false;
    tallies.countFile(folder, old as FileClass, -1);
    return true;
  }

  function remove(folder: number, path: string): void {
    if (uncount(folder, path)) drop.run(folder, path);
  }

  return {
    save(files, gone) {
      for (const { folderId, relativePath } of gone) remove(names.numberOf('folder', folderId), relativePath);
      for (const file of files) {
        const folder = names.numberOf('folder', file.folderId);
        const { relativePath, sizeBytes, mtimeNs, inode, fileClass, rule, jobId, seenAt } = file;
        uncount(folder, relativePath);
        put.run(folder, relativePath, sizeBytes, mtimeNs, inode, fileClass, rule, jobId, seenAt);
        tallies.countFile(folder, fileClass, 1);
      }
    },
    forget(folderId, limit) {
      const folder = names.numberOf('folder', folderId);
      const paths = first.all(folder, limit).map(([path]) => String(path));
      for (const path of paths) remove(folder, path);
      return paths.length;
    },
  };
}
