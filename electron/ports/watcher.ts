import type { WatchFolder, WatchFolderHealth } from '#shared/watch-folder.ts';
import type { WatchFile } from './journal.ts';
import type { FileVersion } from './transfer.ts';

/** What the watcher needs of the world; engine.ts gives it the journal and the queue. */
export interface WatchSink {
  /** What was known of a folder before, page by page. */
  known(folderId: string, afterPath: string, limit: number): Promise<readonly WatchFile[]>;
  /** New or changed classes (baseline, ignored, settling), and rows of files that went away before they were jobs. */
  record(
    put: readonly WatchFile[],
    remove: readonly { folderId: string; relativePath: string }[],
  ): Promise<void>;
  /**
   * Files that are written: they become jobs and their rows `job`, together. Resolves with the job ids, in order, when
   * that is on disk. A file is offered once per version.
   */
  settled(folder: WatchFolder, files: readonly WatchFile[]): Promise<readonly number[]>;
  /**
   * A file that was already a job has other content now, and that has settled. The rule (ignore, new, ask) is the
   * folder's. Where it makes a new job, the job and its row are written together, as in `settled`, and its id is the
   * answer; else null, and the watcher records the new version under the old job.
   */
  changed(folder: WatchFolder, file: WatchFile, before: WatchFile): Promise<number | null>;
  /** A file that is a job was renamed (same inode, size and mtime): same job, new path. */
  moved(folder: WatchFolder, from: WatchFile, to: WatchFile): Promise<void>;
  healthChanged(health: WatchFolderHealth): void;
}

export interface PreviewReport {
  readonly files: number;
  readonly bytes: number;
  readonly first: readonly { readonly relativePath: string; readonly sizeBytes: number }[];
  readonly ignored: readonly { readonly rule: string; readonly files: number; readonly example: string }[];
  readonly ignoredFiles: number;
}

/** What a walk leaves out, as in a watch folder. */
export type WalkRules = Partial<Pick<WatchFolder, 'minBytes' | 'maxBytes' | 'after'>> & {
  readonly ignore: readonly string[];
};

export interface WalkedFile {
  readonly path: string;
  /** '/' between parts. */
  readonly relativePath: string;
  readonly version: FileVersion;
}

export interface Watcher {
  /** Starts or changes the watching of a folder. Rejects with UploadError `folder-refused` for one that must not be watched. */
  watch(folder: WatchFolder): Promise<void>;
  unwatch(folderId: string): Promise<void>;
  /** Reconciles now; resolves when the walk is done and all it found is recorded. */
  scan(folderId: string): Promise<void>;
  /** Resolves when nothing of the folder is settling and the last walk found nothing new (`watch --once`). */
  idle(folderId: string): Promise<void>;
  health(): readonly WatchFolderHealth[];
  /** Files still being written; `reason` says what else keeps one back (it cannot be read, the disk is full…). */
  settling(): readonly (WatchFile & {
    readonly bytesPerSecond: number;
    readonly since: number;
    readonly reason: string | null;
  })[];
  /** Sends a settling or baseline file now: skips the wait, never the torn check. */
  sendNow(folderId: string, relativePath: string): Promise<void>;
  /** What a folder with these rules would send; the real walk on the real folder. `editedId`: the watched folder whose rules they will be. */
  preview(folder: Omit<WatchFolder, 'id'>, editedId: string | null): Promise<PreviewReport>;
  /** The rule that ignores this path, or null. `sizeBytes` null: nobody knows, so no limit of size counts. */
  ruleFor(folder: WatchFolder, relativePath: string, sizeBytes: number | null): string | null;
  /** Walks a tree for `upload DIR` and for dry runs, with the built-in list and these rules. Absolute paths, and below the directory. */
  walk(
    directory: string,
    rules: WalkRules,
    /** Told for each file or folder that a rule leaves out. */
    onIgnored?: (file: { readonly path: string; readonly rule: string }) => void,
    /** Told for each folder that cannot be read: whatever it holds is missing from what is yielded. */
    onUnread?: (path: string) => void,
  ): AsyncIterable<WalkedFile>;
  /** After sleep, a network change or a lost volume: looks at every folder again. */
  reconcileAll(): void;
  close(): Promise<void>;
}
