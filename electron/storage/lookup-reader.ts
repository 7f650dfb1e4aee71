/** What the scheduler and the watcher ask. Every answer is a range of an index: it costs the same in a queue of any size. */
import type { DatabaseSync } from 'node:sqlite';
import type { FileClass, StoredHold, WatchFile } from '#ports/journal.ts';
import type { Step } from '#shared/job.ts';
import { countTallied } from './count-jobs.ts';
import { at } from './job-columns.ts';
import { compileFilter } from './job-filter.ts';
import { NameReader } from './names.ts';
import { nameRow, selectJobs } from './read-jobs.ts';
import { smallBytes } from './schema.ts';
import { shelfOfState } from './shelf.ts';
import { prepareQuery, QueryCache } from './statement.ts';
import type { LookupCalls, Row, SqlValue } from './wire.ts';

/** More jobs of one size than this are not looked through for one with the same content. */
const maxSameSize = 1000;

export function createLookupReader(database: DatabaseSync): LookupCalls {
  const names = new NameReader(database);
  const queries = new QueryCache(database);

  const lastRevision = prepareQuery(database, 'SELECT last_revision FROM journal');

  const rowsOf = (rows: readonly Row[]) => rows.map((row) => nameRow(row, names));
  const ask = (sql: string, ...parameters: SqlValue[]) => queries.get(sql).all(...parameters);
  const askJobs = (rest: string, ...parameters: SqlValue[]) =>
    rowsOf(ask(`${selectJobs} ${rest}`, ...parameters));

  const one = prepareQuery(database, `${selectJobs} WHERE id = ?`);
  const loadRows = (ids: readonly number[]) =>
    ids
      .map((id) => one.get(id))
      .filter((row) => row !== undefined)
      .map((row) => nameRow(row, names));

  return {
    load: loadRows,
    loadGroup: (groupId) => askJobs('INDEXED BY jobs_of_group WHERE group_id = ? ORDER BY id', groupId),
    candidates(destinationId, steps, maxBytes, except, limit) {
      const destination = names.find('destination', destinationId);
      if (destination === null || steps.length === 0) return [];
      const { sql, parameters } = candidatesSql(destination, steps, maxBytes, limit + except.length);
      const left = new Set(except);
      const ids = ask(sql, ...parameters).map(([, id]) => Number(id));
      return loadRows(ids.filter((id) => !left.has(id)).slice(0, limit));
    },
    due(now, except, limit) {
      const left = new Set(except);
      const ids = ask(dueSql, now, limit + except.length).map(([id]) => Number(id));
      return loadRows(ids.filter((id) => !left.has(id)).slice(0, limit));
    },
    nextDueAt(except) {
      const left = new Set(except);
      const next = ask(nextDueSql, except.length + 1).find(([id]) => !left.has(Number(id)));
      return typeof next?.[1] === 'number' ? next[1] : null;
    },
    unfinishedRuns: (limit) =>
      askJobs(`INDEXED BY jobs_by_added WHERE shelf = ${shelfOfState.reserving} ORDER BY id LIMIT ?`, limit),
    unhashed: (limit) =>
      askJobs(
        `INDEXED BY jobs_unhashed WHERE shelf = ${shelfOfState.completed} AND sha256 IS NULL AND completed_at > 0
         ORDER BY completed_at, id LIMIT ?`,
        limit,
      ),
    findCompletedWithSize(destinationId, edge, sizeBytes) {
      const destination = names.find('destination', destinationId);
      if (destination === null) return [];
      return askJobs(
        `INDEXED BY jobs_by_size WHERE shelf = ${shelfOfState.completed} AND size_bytes = ? AND destination = ?
         AND edge = ? ORDER BY id DESC LIMIT ${maxSameSize}`,
        sizeBytes,
        destination,
        edge ?? '',
      );
    },
    findByPath: (path) =>
      [...askJobs('INDEXED BY jobs_identity WHERE path = ?', path)].sort(
        (row, other) => Number(other[at.id]) - Number(row[at.id]),
      ),
    nextTopRank() {
      const lowest = ask('SELECT min(rank) FROM jobs INDEXED BY jobs_on_top WHERE rank < 0')[0]?.[0];
      return (typeof lowest === 'number' ? lowest : 0) - 1;
    },
    holds: () =>
      ask('SELECT destination, kind, until, failure FROM holds').map(
        ([destinationId, kind, until, failure]) => ({
          destinationId: String(destinationId),
          kind: kind as StoredHold['kind'],
          until: typeof until === 'number' ? until : null,
          failure: String(failure),
        }),
      ),
    facts: () =>
      ask('SELECT destination, facts FROM facts').map(([destinationId, facts]) => ({
        destinationId: String(destinationId),
        facts: String(facts),
      })),
    watchFiles(folderId, afterPath, limit) {
      const folder = names.find('folder', folderId);
      if (folder === null) return [];
      return ask(`${selectWatchFiles} AND path > ? ORDER BY path LIMIT ?`, folder, afterPath, limit).map(
        (row) => watchFileOf(folderId, row),
      );
    },
    watchFile(folderId, relativePath) {
      const folder = names.find('folder', folderId);
      const row =
        folder === null ? undefined : ask(`${selectWatchFiles} AND path = ?`, folder, relativePath)[0];
      return row === undefined ? null : watchFileOf(folderId, row);
    },
    watchFileCounts(folderId) {
      const counts = { baseline: 0, ignored: 0, settling: 0, job: 0 };
      const folder = names.find('folder', folderId);
      if (folder === null) return counts;
      for (const [fileClass, files] of ask(
        'SELECT file_class, files FROM watch_tallies WHERE folder = ?',
        folder,
      )) {
        counts[fileClass as FileClass] = Number(files);
      }
      return counts;
    },
    tallied: (filter) => countTallied(filter, compileFilter(filter, names), queries),
    revision: () => Number(lastRevision.get()?.[0]),
  };
}

/** (rank, id) of queued jobs, first to go first: one range per step, merged. */
export function candidatesSql(
  destination: number,
  steps: readonly Step[],
  maxBytes: number | null,
  limit: number,
): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const isSmall = maxBytes !== null && maxBytes <= smallBytes;
  const index = isSmall ? 'jobs_ready_small' : 'jobs_ready';
  const size = `${isSmall ? ` AND size_bytes < ${smallBytes}` : ''}${maxBytes === null ? '' : ' AND size_bytes < ?'}`;
  const arm = `SELECT rank, id FROM jobs INDEXED BY ${index}
    WHERE shelf = ${shelfOfState.queued} AND destination = ? AND step = ?${size}`;
  const wanted = [...new Set(steps)];
  return {
    sql: `${wanted.map(() => arm).join(' UNION ALL ')} ORDER BY rank, id LIMIT ?`,
    parameters: [
      ...wanted.flatMap((step) => [destination, step, ...(maxBytes === null ? [] : [maxBytes])]),
      limit,
    ],
  };
}

export const dueSql =
  'SELECT id FROM jobs INDEXED BY jobs_due WHERE due_at <= ? AND due_at IS NOT NULL ORDER BY due_at, id LIMIT ?';
export const nextDueSql =
  'SELECT id, due_at FROM jobs INDEXED BY jobs_due WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT ?';

const selectWatchFiles =
  'SELECT path, size_bytes, mtime_ns, inode, file_class, rule, job, seen_at FROM watch_files WHERE folder = ?';

function watchFileOf(folderId: string, row: Row): WatchFile {
  const [path, sizeBytes, mtimeNs, inode, fileClass, rule, job, seenAt] = row;
  return {
    folderId,
    relativePath: String(path),
    sizeBytes: Number(sizeBytes),
    mtimeNs: String(mtimeNs),
    inode: String(inode),
    fileClass: fileClass as FileClass,
    rule: typeof rule === 'string' ? rule : null,
    jobId: typeof job === 'number' ? job : null,
    seenAt: Number(seenAt),
  };
}
