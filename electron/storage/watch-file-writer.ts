/** Rows of files that watch folders have seen, with the count of each class. */
import type { FileClass } from '#ports/journal.ts';
import type { WriteContext } from './job-writer.ts';
import { prepareQuery } from './statement.ts';
import type { WireWatchFile } from './wire.ts';

export interface WatchFileWriter {
  save(
    put: readonly WireWatchFile[],
    remove: readonly { readonly folderId: string; readonly relativePath: string }[],
  ): void;
  /** The file is a job now, this one, which is there. */
  putJob(file: WireWatchFile, jobId: number | null): void;
  /** Removes at most `limit` rows of a folder; answers how many it did. */
  forget(folderId: string, limit: number): number;
}

const columns = 'folder, path, size_bytes, mtime_ns, inode, file_class, rule, job, seen_at';

export function createWatchFileWriter({ database, names, tallies }: WriteContext): WatchFileWriter {
  const classOf = prepareQuery(database, 'SELECT file_class FROM watch_files WHERE folder = ? AND path = ?');
  const isJob = prepareQuery(database, 'SELECT 1 FROM jobs WHERE id = ?');
  // Most rows are of new files: these cost one look into the table instead of two.
  const add = database.prepare(
    `INSERT INTO watch_files (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const replace = database.prepare(
    `INSERT OR REPLACE INTO watch_files (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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

  function put(file: WireWatchFile, fileClass: FileClass, jobId: number | null): void {
    const [folderId, path, sizeBytes, mtimeNs, inode, , rule, , seenAt] = file;
    const folder = names.numberOf('folder', folderId);
    const row = [folder, path, sizeBytes, mtimeNs, inode, fileClass, rule, jobId, seenAt] as const;
    if (add.run(...row).changes === 0) {
      uncount(folder, path);
      replace.run(...row);
    }
    tallies.countFile(folder, fileClass, 1);
  }

  return {
    save(files, gone) {
      for (const { folderId, relativePath } of gone) remove(names.numberOf('folder', folderId), relativePath);
      for (const file of files) {
        const [, , , , , fileClass, , jobId] = file;
        // A job that was removed in the meantime is not pointed at.
        put(file, fileClass, jobId === null || isJob.get(jobId) === undefined ? null : jobId);
      }
    },
    putJob: (file, jobId) => put(file, 'job', jobId),
    forget(folderId, limit) {
      const folder = names.numberOf('folder', folderId);
      const paths = first.all(folder, limit).map(([path]) => String(path));
      for (const path of paths) remove(folder, path);
      return paths.length;
    },
  };
}
