import type { JobFilter, JobPage, JobQuery, QueueCounts } from '#shared/ipc.ts';
import type { JobId, Step, TimelineEntry } from '#shared/job.ts';
import type { JobChange, JobOrder, StoredJob } from './stored-job.ts';

/** A file to queue. `origin` and `rank` come with the order. */
export interface NewJob {
  readonly order: JobOrder;
  readonly rank: number;
  /** Make a new generation even where this very version is queued, running or uploaded. */
  readonly isForced: boolean;
  readonly entries: readonly TimelineEntry[];
}

/**
 * What became of a file that was given, by its identity (destination, edge, path, size, mtime, inode):
 * - `added`: a new job, in `queued(reserve)`
 * - `joined`: this version has a job that is not completed; `job` is it (the queue retries it where that helps)
 * - `linked`: this version is completed and its link lives (or does not end); nothing was added
 * - `changed`: another version of this path has an unfinished job; `job` is that one (the queue tells it `changed`)
 * A completed job whose link is dead, and a canceled one, do not count: the file is `added` as the next generation.
 * The files of one flow run (`groupId`, given in one call) stand for each job of a run that is there, canceled ones too,
 * or all of them are `added` as a new run.
 */
export type Enqueued = {
  readonly outcome: 'added' | 'joined' | 'linked' | 'changed';
  readonly job: StoredJob;
};

export type SaveResult =
  /** On disk. The jobs with their new revisions, in the order given. */
  | { readonly saved: true; readonly jobs: readonly StoredJob[] }
  /** Somebody else wrote one of them first: nothing of this call was written. */
  | { readonly saved: false };

/** A destination-wide stop that outlives the process. */
export interface StoredHold {
  readonly destinationId: string;
  readonly kind: 'rate-limited' | 'blocked';
  /** Epoch ms; null: until somebody acts. */
  readonly until: number | null;
  /** JSON of a Failure. */
  readonly failure: string;
}

/** What was learned about a destination (when its store checks expiry, its speed). JSON, at most 10 kB. */
export interface StoredFacts {
  readonly destinationId: string;
  readonly facts: string;
}

export const fileClasses = ['baseline', 'ignored', 'settling', 'job'] as const;
export type FileClass = (typeof fileClasses)[number];

/** One file that a watch folder has seen. */
export interface WatchFile {
  readonly folderId: string;
  /** Relative to the folder, '/' between parts on every system. */
  readonly relativePath: string;
  readonly sizeBytes: number;
  readonly mtimeNs: string;
  readonly inode: string;
  readonly fileClass: FileClass;
  /** The ignore rule, for `ignored`. */
  readonly rule: string | null;
  /** For `job`: the newest job of this path. */
  readonly jobId: JobId | null;
  readonly seenAt: number;
}

export interface WatchFileCounts {
  readonly baseline: number;
  readonly ignored: number;
  readonly settling: number;
  readonly job: number;
}

export type OpenReport = {
  readonly openedAs: 'new' | 'clean' | 'unclean' | 'restored' | 'replaced';
  /** Where a damaged or newer database was moved; null otherwise. Tell the user. */
  readonly movedAside: string | null;
  /** Why, in a sentence; null otherwise. */
  readonly reason: string | null;
  /** Where a copy took its place: when that was made, epoch ms. */
  readonly copyMadeAt?: number;
};

/**
 * The durable side of the queue. Every method that writes resolves when the write is on disk, and rejects with
 * UploadError `disk-full` where there is no room (nothing of that call is then written; reads still work).
 */
export interface Journal {
  readonly opened: OpenReport;

  /** All or nothing per call; one result per file, in order. Safe against twins in one call and in parallel ones. */
  enqueue(files: readonly NewJob[]): Promise<readonly Enqueued[]>;
  /** Optimistic: each job carries the revision it was read with. All jobs of a call are written, or none. */
  save(changes: readonly JobChange[]): Promise<SaveResult>;
  /** Terminal jobs leave the list (their timeline with them). Answers how many did. */
  remove(ids: readonly JobId[]): Promise<number>;

  load(ids: readonly JobId[]): Promise<readonly StoredJob[]>;
  loadGroup(groupId: string): Promise<readonly StoredJob[]>;
  /**
   * Jobs in `queued` of one destination that want one of `steps`, first to go first: rank, then id. `maxBytes` keeps to
   * files under that size. Not those in `except`.
   */
  candidates(query: {
    readonly destinationId: string;
    readonly steps: readonly Step[];
    readonly maxBytes?: number;
    readonly except: readonly JobId[];
    readonly limit: number;
  }): Promise<readonly StoredJob[]>;
  /** Jobs in `waiting` or `processing` whose time has come by `now`, earliest first, not those in `except`. */
  due(now: number, except: readonly JobId[], limit: number): Promise<readonly StoredJob[]>;
  /** When the next job in `waiting` or `processing`, not one of `except`, is due; null if none is. */
  nextDueAt(except: readonly JobId[]): Promise<number | null>;
  /** Jobs that a dead process left in reserving, inspecting, uploading or completing. */
  unfinishedRuns(limit: number): Promise<readonly StoredJob[]>;
  /** Ids that match, in id order, after `afterId`. */
  matching(filter: JobFilter, afterId: JobId, limit: number): Promise<readonly JobId[]>;
  /** Completed jobs without a SHA-256, oldest first. */
  unhashed(limit: number): Promise<readonly StoredJob[]>;
  setSha256(id: JobId, sha256: string): Promise<void>;
  /** A completed job of this destination with the same content, for reuse; null if none. */
  findCompletedWithSize(
    destinationId: string,
    edge: string | null,
    sizeBytes: number,
  ): Promise<readonly StoredJob[]>;
  /** Jobs of this absolute path, newest first. */
  findByPath(path: string): Promise<readonly StoredJob[]>;
  /** The rank for "move to top": one less than the lowest there is. */
  nextTopRank(): Promise<number>;

  page(query: JobQuery): Promise<JobPage<StoredJob>>;
  counts(filter: JobFilter): Promise<QueueCounts>;
  timeline(id: JobId): Promise<readonly TimelineEntry[]>;
  /** The newest there is: removals have one, too. */
  revision(): Promise<number>;
  /** Jobs changed after `revision`, oldest change first, and the newest revision there is: removals have one, too. */
  changesSince(
    revision: number,
    limit: number,
  ): Promise<{
    readonly jobs: readonly StoredJob[];
    readonly revision: number;
    readonly isComplete: boolean;
  }>;

  holds(): Promise<readonly StoredHold[]>;
  setHold(destinationId: string, hold: StoredHold | null): Promise<void>;
  facts(): Promise<readonly StoredFacts[]>;
  setFacts(facts: StoredFacts): Promise<void>;

  /** All files of a folder after `afterPath` (exclusive, '' to begin), in path order. */
  watchFiles(folderId: string, afterPath: string, limit: number): Promise<readonly WatchFile[]>;
  watchFile(folderId: string, relativePath: string): Promise<WatchFile | null>;
  watchFileCounts(folderId: string): Promise<WatchFileCounts>;
  /** Writes rows and removes others, in one transaction. */
  saveWatchFiles(
    put: readonly WatchFile[],
    remove: readonly { folderId: string; relativePath: string }[],
  ): Promise<void>;
  /**
   * Settled files become jobs: each pair's job is enqueued and its row written with that job's id, in one transaction,
   * so that a crash between the two cannot lose or double a file.
   */
  enqueueWatched(
    pairs: readonly { readonly job: NewJob; readonly file: WatchFile }[],
  ): Promise<readonly Enqueued[]>;
  forgetFolder(folderId: string): Promise<void>;

  /** Deletes what is past its time, copies the database, checkpoints. Answers what it did. */
  maintain(options: {
    readonly completedBefore: number;
    readonly timelineBefore: number;
    readonly copies: number;
  }): Promise<{ readonly removedJobs: number; readonly copy: string | null }>;
  /** Checkpoints and closes; the next open is then `clean`. */
  close(): Promise<void>;
}

/** Seals and opens secrets; `open` answers null for what was sealed with another key or is damaged. */
export interface Sealer {
  seal(plain: string): Uint8Array;
  open(sealed: Uint8Array): string | null;
}
