import type { Clock, Random } from '#ports/clock.ts';
import type { WatchSink } from '#ports/watcher.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import type { FolderHealth } from './folder-health.ts';
import { type Root, ruleSourceOf } from './folder-root.ts';
import type { RuleSource } from './ignore-rules.ts';
import type { HintCalls, Moment, WalkCalls } from './protocol.ts';
import type { TaskLine } from './task-line.ts';
import type { Timers } from './timers.ts';
import type { WorkerClient } from './worker-client.ts';

/** What a watch folder needs of the watcher. */
export interface FolderSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly sink: WatchSink;
  readonly dataDir: string;
  /** The worker for this folder: one of its own on a network drive, where any call may hang for good. */
  walker(folderId: string, isNetwork: boolean): WorkerClient<WalkCalls>;
  /** The worker that hears events, for all folders. */
  readonly hints: WorkerClient<HintCalls>;
  /** Why a folder at this real path must not be watched; null if it may be. */
  refusal(folderId: string, path: string): string | null;
}

export type FolderTimer = 'scan' | 'look' | 'settle' | 'few' | 'followUp' | 'departed' | 'restart' | 'retry';

/** What the parts of one watched folder share. */
export interface FolderContext {
  readonly around: FolderSurroundings;
  readonly state: FolderState;
  readonly health: FolderHealth;
  readonly timers: Timers<FolderTimer>;
  readonly line: TaskLine;
}

/** What a watched folder is at this moment: its rules, where it really is, and the worker that has it open. */
export class FolderState {
  folder: WatchFolder;
  root: Root = { state: 'away', reason: 'The folder was not looked at yet.' };
  /** Which folder it was when last seen; null before its first walk. */
  rootInode: string | null = null;
  client: WorkerClient<WalkCalls> | null = null;
  /** What is known here may differ from the journal. */
  isBroken = false;
  isClosed = false;
  readonly #around: FolderSurroundings;

  constructor(folder: WatchFolder, around: FolderSurroundings) {
    this.folder = folder;
    this.#around = around;
  }

  get id(): string {
    return this.folder.id;
  }

  /** The real path, where it is known. */
  get path(): string {
    return this.root.state === 'there' ? this.root.path : this.folder.path;
  }

  get isNetwork(): boolean {
    return this.root.state === 'there' && this.root.kind.isNetwork;
  }

  get isAtWork(): boolean {
    return this.root.state === 'there' && !this.folder.isPaused && !this.isBroken && !this.isClosed;
  }

  /** The first walk leaves what is already there. */
  get takesBaseline(): boolean {
    return this.rootInode === null && this.folder.existing === 'baseline';
  }

  rules(): RuleSource {
    return ruleSourceOf(this.folder, this.path, this.#around.dataDir);
  }

  moment(): Moment {
    return { now: this.#around.clock.now(), monotonic: this.#around.clock.monotonic() };
  }
}
