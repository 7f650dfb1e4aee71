/** What goes between the journal and its threads: plain values that are cheap to clone, in batches. */

import type { FileClass, StoredFacts, StoredHold, WatchFile, WatchFileCounts } from '#ports/journal.ts';
import type { JobFilter, JobQuery, QueueCounts } from '#shared/ipc.ts';
import type { Step } from '#shared/job.ts';
import type { StorageFailure } from './sqlite-error.ts';

export type SqlValue = null | number | string | Uint8Array;
/** Values in the order of `jobColumns` (see job-columns.ts), or of the columns that a query names. */
export type Row = readonly SqlValue[];

/** A timeline entry: its time, and the whole of it as JSON. */
export type WireEntry = readonly [at: number, entry: string];
export type WireChange = readonly [row: Row, entries: readonly WireEntry[]];
export type WireNewJob = readonly [row: Row, isForced: boolean, entries: readonly WireEntry[]];

/** A `WatchFile` without the names of its fields, which cost more to clone than what is in them. */
export type WireWatchFile = readonly [
  folderId: string,
  relativePath: string,
  sizeBytes: number,
  mtimeNs: string,
  inode: string,
  fileClass: FileClass,
  rule: string | null,
  jobId: number | null,
  seenAt: number,
];

/** What many settled files have in common; see watched-wire.ts. */
export type Shared = readonly SqlValue[];
/** A settled file that becomes a job. */
export type WireWatched = readonly [
  shared: Shared,
  path: string,
  name: string,
  sizeBytes: number,
  mtimeNs: string,
  inode: string,
  relativePath: string,
  seenAt: number,
  /** Of the folder's row, where it is not the job's. */
  otherVersion: readonly [sizeBytes: number, mtimeNs: string, inode: string] | null,
];

export type WireEnqueued =
  | readonly [outcome: 'added', id: number, revision: number, generation: number]
  | readonly [outcome: 'joined' | 'linked' | 'changed', row: Row];

/** The new revision and the generation of each job of a save; null where the save was refused. */
export type WireSaved = readonly (readonly [revision: number, generation: number])[] | null;

export interface WriteCalls {
  enqueue(now: number, files: readonly WireNewJob[]): readonly WireEnqueued[];
  enqueueWatched(now: number, watched: readonly WireWatched[]): readonly WireEnqueued[];
  save(changes: readonly WireChange[]): WireSaved;
  remove(ids: readonly number[]): number;
  setSha256(id: number, sha256: string): void;
  setHold(destinationId: string, hold: StoredHold | null): void;
  setFacts(facts: StoredFacts): void;
  saveWatchFiles(
    put: readonly WireWatchFile[],
    remove: readonly { folderId: string; relativePath: string }[],
  ): void;
  /** These three do at most `limit` rows and answer how many they did, so that others get their turn between. */
  forgetFolder(folderId: string, limit: number): number;
  removeCompleted(before: number, limit: number): number;
  trimTimelines(before: number, limit: number): number;
}

export interface LookupCalls {
  load(ids: readonly number[]): readonly Row[];
  loadGroup(groupId: string): readonly Row[];
  candidates(
    destinationId: string,
    steps: readonly Step[],
    maxBytes: number | null,
    except: readonly number[],
    limit: number,
  ): readonly Row[];
  due(now: number, except: readonly number[], limit: number): readonly Row[];
  nextDueAt(except: readonly number[]): number | null;
  unfinishedRuns(limit: number): readonly Row[];
  unhashed(limit: number): readonly Row[];
  findCompletedWithSize(destinationId: string, edge: string | null, sizeBytes: number): readonly Row[];
  findByPath(path: string): readonly Row[];
  nextTopRank(): number;
  holds(): readonly StoredHold[];
  facts(): readonly StoredFacts[];
  watchFiles(folderId: string, afterPath: string, limit: number): readonly WatchFile[];
  watchFile(folderId: string, relativePath: string): WatchFile | null;
  watchFileCounts(folderId: string): WatchFileCounts;
  /** Only of a filter that the tallies know. */
  tallied(filter: JobFilter): QueueCounts;
  revision(): number;
}

export interface ListCalls {
  page(query: JobQuery): { readonly rows: readonly Row[]; readonly nextCursor: string | null };
  counts(filter: JobFilter): QueueCounts;
  matching(filter: JobFilter, afterId: number, limit: number): readonly number[];
  timeline(id: number): readonly string[];
  changesSince(
    revision: number,
    limit: number,
  ): { readonly rows: readonly Row[]; readonly revision: number; readonly isComplete: boolean };
}

// biome-ignore lint/suspicious/noExplicitAny: only a type that any function is assignable to fits all maps of calls.
type AnyFunction = (...args: any[]) => unknown;
export type CallMap<Calls> = { readonly [N in keyof Calls]: AnyFunction };

export type WireCall = readonly [id: number, name: string, args: readonly unknown[]];

export type ToWorker =
  /** `isMore`: another batch follows in the same turn, so a group need not be closed yet. */
  | { readonly kind: 'calls'; readonly calls: readonly WireCall[]; readonly isMore: boolean }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'close' };

export type WireAnswer =
  | readonly [id: number, value: unknown]
  | readonly [id: number, value: null, failure: StorageFailure];

export type FromWorker<Ready> =
  | { readonly kind: 'ready'; readonly report: Ready }
  | { readonly kind: 'unready'; readonly failure: StorageFailure }
  | { readonly kind: 'answers'; readonly answers: readonly WireAnswer[] };
