import type { WatchFile } from '#ports/journal.ts';
import type { FileVersion } from '#ports/transfer.ts';
import type { PreviewReport } from '#ports/watcher.ts';
import type { RuleSource } from './ignore-rules.ts';

/**
 * The row of the folder itself: it says that the first walk is done, and which device and inode the folder was. It is
 * no file and is not counted.
 */
export const rootRowPath = '.';

/** The time of a call, read by the caller's clock: the worker has none of its own for decisions. */
export interface Moment {
  /** Epoch ms. */
  readonly now: number;
  readonly monotonic: number;
}

/** One thing that a look at the disk found to differ from what was known. The worker counts it as known from then on. */
export type Finding =
  /** A new row, or a new class of one. */
  | { readonly kind: 'record'; readonly file: WatchFile }
  /**
   * New content that must settle. `before` is the row of its job, where it had one. `hasOldRow`: the row of its path says
   * something else, which no restart may believe.
   */
  | {
      readonly kind: 'settle';
      readonly file: WatchFile;
      readonly before: WatchFile | null;
      readonly hasOldRow: boolean;
    }
  /** A job or a baseline file has another path now; its content is the same. Its old path may have another file. */
  | {
      readonly kind: 'moved';
      readonly from: WatchFile;
      readonly to: WatchFile;
      readonly isPathTaken: boolean;
    }
  /** A job whose newer content was settling lost its file; its row stays for now. */
  | { readonly kind: 'departed'; readonly relativePath: string }
  /** The file of this row is there no longer: the row goes. */
  | { readonly kind: 'gone'; readonly relativePath: string };

export type RootState =
  | { readonly state: 'there'; readonly inode: string }
  | { readonly state: 'away'; readonly reason: string };

export interface FileCounts {
  readonly baseline: number;
  readonly ignored: number;
  readonly settling: number;
  readonly job: number;
}

/** What a look at the disk came to; its findings are then taken page by page. */
export interface LookReport {
  readonly root: RootState;
  readonly findings: number;
  readonly counts: FileCounts;
  /** What the hints that were used held: too much to name, so that only a walk helps; or whole directories. */
  readonly hints: 'burst' | 'directories' | 'paths';
  /** Files that went away a moment ago and may come back, or turn up elsewhere. */
  readonly departed: number;
  /** Files found by walking although the watching was on and had told nothing, since the last report. */
  readonly missed: number;
  /** Folders that could not be read; what was known below them stays as it is. */
  readonly unread: { readonly count: number; readonly example: string | null };
}

/** A settling file that is as it was when last read, but cannot be opened. */
export interface ClosedFile {
  readonly relativePath: string;
  /** An errno name. */
  readonly trouble: string;
}

/** All files that were asked about are as they were when last read, and can be opened, but for these. */
export interface CheckReport extends LookReport {
  readonly changed: readonly string[];
  readonly closed: readonly ClosedFile[];
}

export interface OpenRequest {
  readonly folderId: string;
  /** A real path. */
  readonly root: string;
  readonly rules: RuleSource;
  /** False where inode numbers mean nothing from one mount, or one look, to the next. */
  readonly hasStableInodes: boolean;
}

/** How the watching of a folder went wrong; it goes on as well as it can. */
export interface HintTrouble {
  readonly code: string | null;
  readonly message: string;
}

export type TreeItem =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly relativePath: string;
      readonly version: FileVersion;
    }
  | { readonly kind: 'ignored'; readonly path: string; readonly relativePath: string; readonly rule: string }
  /** A directory that could not be read: what it holds is not known. */
  | { readonly kind: 'unread'; readonly path: string; readonly relativePath: string };

/** What events told since they were last taken. */
export interface HintBatch {
  readonly paths: readonly string[];
  /** Directories to be walked: they came, or went, with all that is in them. */
  readonly directories: readonly string[];
  /** Too much happened to be named. */
  readonly isBurst: boolean;
  /** The watching is on: what a walk finds now, an event should have told. */
  readonly isOn: boolean;
  /** The folder itself was deleted or moved: another one may stand there by now, of which no event is told. */
  readonly isRootGone: boolean;
}

export const noHints: HintBatch = {
  paths: [],
  directories: [],
  isBurst: false,
  isOn: false,
  isRootGone: false,
};

/** What the main thread asks of the worker that hears the system's events. */
export interface HintCalls {
  /** Begins to watch; resolves when the watching is on. That there are hints is told as `hint`. */
  start(folderId: string, root: string, rules: RuleSource): Promise<void>;
  setRules(folderId: string, rules: RuleSource): void;
  stop(folderId: string): Promise<void>;
  take(folderId: string): HintBatch;
}

/** What the main thread asks of the worker that walks. */
export interface WalkCalls {
  open(request: OpenRequest): void;
  /** Rows of the journal, after `open` and before the first look. */
  load(
    folderId: string,
    rows: readonly WatchFile[],
  ): { readonly counts: FileCounts; readonly rootInode: string | null };
  setRules(folderId: string, rules: RuleSource): void;
  /** Walks the whole folder. Its report counts the findings that were not taken in the meantime. */
  walk(folderId: string, at: Moment, hints: HintBatch, takesBaseline: boolean): Promise<LookReport>;
  /** The next findings of the walk that goes on, as soon as there are so many; fewer, or none, when it is over. */
  takeOfWalk(folderId: string, limit: number): Promise<readonly Finding[]>;
  /** Looks at what the hints named. */
  look(folderId: string, at: Moment, hints: HintBatch): Promise<LookReport>;
  /** The next findings, in order; empty when there are no more. */
  take(folderId: string, limit: number): readonly Finding[];
  /** Reads these files again and opens those that stayed the same. */
  check(folderId: string, at: Moment, relativePaths: readonly string[]): CheckReport;
  /** The row as it is known, or null. */
  row(folderId: string, relativePath: string): WatchFile | null;
  /** These are jobs now: the ids in the order of the paths. */
  commit(folderId: string, relativePaths: readonly string[], jobIds: readonly (number | null)[]): FileCounts;
  drop(folderId: string): void;
  preview(root: string, rules: RuleSource): Promise<PreviewReport>;
  openTree(root: string, rules: RuleSource): number;
  /** The next items of a tree; empty at its end. */
  nextOfTree(tree: number, limit: number): readonly TreeItem[];
  closeTree(tree: number): void;
}

export interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What the worker tells without being asked. */
export type WorkerEvent =
  /** Something happened below the folder; told once until the next look or walk. */
  | { readonly event: 'hint'; readonly folderId: string }
  | { readonly event: 'trouble'; readonly folderId: string; readonly trouble: HintTrouble };

export type WorkerMessage =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number;
      readonly error: { readonly message: string; readonly code: string | null };
    }
  | WorkerEvent;
