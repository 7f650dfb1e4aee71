/**
 * The reading half of the journal: what the scheduler asks, and what is known without looking, goes to one thread, what
 * lists ask to another.
 */
import type { Journal } from '#ports/journal.ts';
import { type TimelineEntry, timelineKinds } from '#shared/job.ts';
import { isTallied } from './count-jobs.ts';
import { type JobRows, parseJson } from './job-row.ts';
import type { ListCalls, LookupCalls, Row } from './wire.ts';
import type { Callable } from './worker-link.ts';

type Reads = Pick<
  Journal,
  | 'load'
  | 'loadGroup'
  | 'candidates'
  | 'due'
  | 'nextDueAt'
  | 'unfinishedRuns'
  | 'matching'
  | 'unhashed'
  | 'findCompletedWithSize'
  | 'findByPath'
  | 'nextTopRank'
  | 'page'
  | 'counts'
  | 'timeline'
  | 'revision'
  | 'changesSince'
  | 'holds'
  | 'facts'
  | 'watchFiles'
  | 'watchFile'
  | 'watchFileCounts'
>;

export function createReads(parts: {
  readonly lookup: Callable<LookupCalls>;
  readonly list: Callable<ListCalls>;
  readonly rows: JobRows;
}): Reads {
  const { lookup, list, rows } = parts;
  const decode = (found: readonly Row[]) => found.map((row) => rows.decode(row));

  return {
    load: async (ids) => decode(await lookup.call('load', ids)),
    loadGroup: async (groupId) => decode(await lookup.call('loadGroup', groupId)),
    candidates: async ({ destinationId, steps, maxBytes, except, limit }) =>
      decode(await lookup.call('candidates', destinationId, steps, maxBytes ?? null, except, limit)),
    due: async (now, except, limit) => decode(await lookup.call('due', now, except, limit)),
    nextDueAt: (except) => lookup.call('nextDueAt', except),
    unfinishedRuns: async (limit) => decode(await lookup.call('unfinishedRuns', limit)),
    unhashed: async (limit) => decode(await lookup.call('unhashed', limit)),
    findCompletedWithSize: async (destinationId, edge, sizeBytes) =>
      decode(await lookup.call('findCompletedWithSize', destinationId, edge, sizeBytes)),
    findByPath: async (path) => decode(await lookup.call('findByPath', path)),
    nextTopRank: () => lookup.call('nextTopRank'),
    holds: () => lookup.call('holds'),
    facts: () => lookup.call('facts'),
    watchFiles: (folderId, afterPath, limit) => lookup.call('watchFiles', folderId, afterPath, limit),
    watchFile: (folderId, relativePath) => lookup.call('watchFile', folderId, relativePath),
    watchFileCounts: (folderId) => lookup.call('watchFileCounts', folderId),
    revision: () => lookup.call('revision'),

    matching: (filter, afterId, limit) => list.call('matching', filter, afterId, limit),
    async page(query) {
      const { rows: found, nextCursor } = await list.call('page', query);
      return { rows: decode(found), nextCursor };
    },
    counts: (filter) => (isTallied(filter) ? lookup.call('tallied', filter) : list.call('counts', filter)),
    timeline: async (id) =>
      (await list.call('timeline', id)).map(parseEntry).filter((entry) => entry !== null),
    async changesSince(revision, limit) {
      const { rows: found, ...rest } = await list.call('changesSince', revision, limit);
      return { jobs: decode(found), ...rest };
    },
  };
}

/** Null for an entry of a kind that this version does not know. */
function parseEntry(text: string): TimelineEntry | null {
  const entry = parseJson(text);
  if (typeof entry !== 'object' || entry === null || !('kind' in entry)) return null;
  return timelineKinds.some((kind) => kind === entry.kind) ? (entry as TimelineEntry) : null;
}
