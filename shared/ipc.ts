/**
 * The whole contract between an engine and whoever shows it: what can be asked (Requests) and what is told (Pushes).
 * Electron, WebSocket and local socket carry it; nothing else knows a channel name. Values survive structured clone
 * and JSON. What the arguments of a request must be stands in ipc-arguments.ts: only the engine's side has to know.
 */
import type { Link, LinkFormat } from './asset.ts';
import type { DestinationDraft, DraftProblem } from './destination.ts';
import type { DestinationView, KindDescription } from './destination-view.ts';
import type { Failure } from './failure.ts';
import type { JobId, TimelineEntry, UploadJob } from './job.ts';
import type { JobFilter, JobPage, JobQuery, QueueCounts } from './job-query.ts';
import type { Settings, SettingsPatch } from './settings.ts';
import type {
  PathExplanation,
  SettlingFile,
  WatchFolder,
  WatchFolderDraft,
  WatchFolderHealth,
} from './watch-folder.ts';

export type { DestinationHold, DestinationView, KindDescription } from './destination-view.ts';
export type { JobFilter, JobPage, JobQuery, JobSort, QueueCounts } from './job-query.ts';

export interface Throughput {
  readonly bytesPerSecond: number;
  readonly bytesRemaining: number;
  readonly filesRemaining: number;
  /** Null until the speed has been steady for 3 s. */
  readonly remainingMs: number | null;
}

export interface WatchFolderView {
  readonly folder: WatchFolder;
  readonly health: WatchFolderHealth;
}

export interface AddOptions {
  readonly destinationId: string;
  /** Gitignore-style, for directories among the paths; files named one by one are not filtered. */
  readonly ignore?: readonly string[] | undefined;
  /** Pupload: which file goes to which upload edge of one flow run. */
  readonly edges?: readonly { readonly edge: string; readonly path: string }[] | undefined;
  /** A new upload even where this version is there already. */
  readonly isForced?: boolean | undefined;
}

export interface AddedFile {
  readonly path: string;
  readonly jobId: JobId | null;
  readonly outcome: 'added' | 'joined' | 'linked' | 'refused';
  /** Why it was refused (no such file, not a regular file, a link in a tree…). */
  readonly failure: Failure | null;
}

export interface AddReport {
  readonly batchId: string;
  readonly files: readonly AddedFile[];
  readonly ignored: readonly { readonly path: string; readonly rule: string }[];
}

/** What an action on many did, and why it left some alone. */
export interface ActionReport {
  readonly applied: number;
  readonly left: readonly { readonly reason: string; readonly count: number }[];
}

export interface JobDetails {
  readonly job: UploadJob;
  readonly timeline: readonly TimelineEntry[];
  /** Text without secrets, for a bug report. */
  readonly report: string;
}

export interface FolderPreview {
  readonly files: number;
  readonly bytes: number;
  readonly first: readonly { readonly relativePath: string; readonly sizeBytes: number }[];
  readonly ignored: readonly { readonly rule: string; readonly files: number; readonly example: string }[];
  readonly ignoredFiles: number;
  /** Files among `files` that break a limit of the destination, by the reason's code. */
  readonly refused: readonly {
    readonly failure: Failure;
    readonly files: number;
    readonly example: string;
  }[];
}

export interface Snapshot {
  readonly engine: {
    readonly version: string;
    readonly host: string;
    readonly dataDir: string;
    readonly pid: number;
    readonly startedAt: number;
    /** Where the engine writes its log; null: it writes none. */
    readonly logDirectory: string | null;
  };
  readonly revision: number;
  readonly counts: QueueCounts;
  readonly throughput: Throughput;
  readonly destinations: readonly DestinationView[];
  readonly folders: readonly WatchFolderView[];
  readonly settings: Settings;
  readonly notices: readonly EngineNotice[];
}

export interface EngineNotice {
  readonly at: number;
  readonly level: 'info' | 'warning';
  readonly text: string;
}

export interface ChangePage {
  readonly rows: readonly UploadJob[];
  readonly revision: number;
  /** False: ask again from `revision`, there is more. */
  readonly isComplete: boolean;
}

/** The folders in a folder, for choosing one. */
export interface DirectoryListing {
  /** Absolute. */
  readonly path: string;
  /** Null at the root. */
  readonly parent: string | null;
  /** As a person sorts ("2" before "10"), at most 1000, without those whose name begins with a dot. */
  readonly directories: readonly { readonly name: string; readonly path: string }[];
  /** There are more. */
  readonly isCut: boolean;
  /** Why nothing is listed. */
  readonly failure: Failure | null;
}

export interface CopiedLink extends Link {
  /** The link in the format that was asked for. */
  readonly formatted: string;
}

export interface VerificationView {
  readonly ok: boolean;
  readonly proof: string;
  readonly details: readonly string[];
  readonly failure: Failure | null;
}

/** What of an exported text was taken, and what was not and why. */
export interface ImportReport {
  readonly destinations: number;
  readonly folders: number;
  readonly settings: boolean;
  readonly left: readonly { readonly what: string; readonly reason: string }[];
}

/** Asked. Every call may fail with a Failure (see ContractError). */
export interface Requests {
  snapshot(): Snapshot;
  listJobs(query: JobQuery): JobPage;
  countJobs(filter: JobFilter): QueueCounts;
  getJob(id: JobId): JobDetails;
  /** Rows changed after a revision, oldest change first: whoever asks this never misses one. */
  changesSince(revision: number, limit: number): ChangePage;
  /** Jobs that run in this very moment, with their bytes. */
  activeJobs(): readonly UploadJob[];
  /** Which rows are in view: those are pushed. */
  view(ids: readonly JobId[]): void;

  addFiles(paths: readonly string[], options: AddOptions): AddReport;
  pauseJobs(filter: JobFilter): ActionReport;
  resumeJobs(filter: JobFilter): ActionReport;
  cancelJobs(filter: JobFilter): ActionReport;
  retryJobs(filter: JobFilter): ActionReport;
  moveJobsToTop(filter: JobFilter): ActionReport;
  removeJobs(filter: JobFilter): ActionReport;
  /** A file that was moved by hand: the job goes on with this path. */
  relocateJob(id: JobId, path: string): void;
  /** Stops or starts the whole queue (remembered). */
  setPaused(isPaused: boolean): void;

  copyLink(id: JobId, format: LinkFormat | { readonly template: string }): CopiedLink;

  /** What speaks against a draft before its key is asked for; nothing: it can be added. Stores nothing. */
  checkDestination(draft: Readonly<Record<string, unknown>>): readonly DraftProblem[];
  /** One of the name and kind of a removed one takes that one's place: its jobs go on. */
  addDestination(draft: DestinationDraft, key: string | null): DestinationView;
  updateDestination(id: string, patch: Readonly<Record<string, unknown>>): DestinationView;
  setDestinationKey(id: string, key: string): DestinationView;
  /** Its jobs stay, with its name; `jobsLeft` of them are not at an end. */
  removeDestination(id: string): { readonly jobsLeft: number };
  testDestination(id: string): VerificationView;
  /**
   * The same before anything is saved. With `key` null, the stored key of `existingId` is used, where the draft's base
   * URL has the origin that this key was given for.
   */
  testDestinationDraft(
    draft: DestinationDraft,
    key: string | null,
    existingId: string | null,
  ): VerificationView;
  /** Nothing starts there, and what runs stops, until `unblockDestination`; remembered, also for the demo service's. */
  pauseDestination(id: string): void;
  /** Lifts a block, hold or pause of a destination; its blocked jobs go on. */
  unblockDestination(id: string): void;
  describeKinds(): readonly KindDescription[];

  addWatchFolder(draft: WatchFolderDraft): WatchFolderView;
  updateWatchFolder(id: string, patch: Readonly<Record<string, unknown>>): WatchFolderView;
  removeWatchFolder(id: string): void;
  scanWatchFolder(id: string): WatchFolderView;
  /** Resolves when nothing of the folder is settling and a fresh walk found nothing new. */
  whenWatchFolderIdle(id: string): WatchFolderView;
  /** `editedId`: the watch folder that is being edited, which may be looked at although it is watched. */
  previewWatchFolder(draft: WatchFolderDraft, editedId: string | null): FolderPreview;
  settlingFiles(): readonly SettlingFile[];
  sendNow(path: string): AddedFile;
  explainPath(path: string): PathExplanation;
  /** Absolute, or from `~` on; null asks for the home folder. What cannot be listed says why, and is no failed request. */
  listDirectories(path: string | null): DirectoryListing;

  updateSettings(patch: SettingsPatch): Settings;
  /** Settings, destinations without their keys, and watch folders, as JSON text. */
  exportSettings(): string;
  /**
   * Takes such a text. What is here under the same name stays; folders leave alone what is in them now; whether the
   * queue is paused is not part of it. Junk is `invalid` and changes nothing.
   */
  importSettings(text: string): ImportReport;
  /** Starts the demo service where it does not run yet; `endsWithEngine`: no process but the engine's serves it. */
  startDemo(): { readonly baseUrl: string; readonly endsWithEngine: boolean };
  shutdown(): void;
}

/** Told: whole values, never deltas; at most 10 a second per window. A missed one heals with the next. */
export interface Pushes {
  rowsChanged: readonly UploadJob[];
  countsChanged: { readonly counts: QueueCounts; readonly revision: number };
  throughputChanged: Throughput;
  destinationsChanged: readonly DestinationView[];
  foldersChanged: readonly WatchFolderView[];
  settingsChanged: Settings;
  notice: EngineNotice;
}

export type RequestName = keyof Requests;
export type PushName = keyof Pushes;
export type Answer<N extends RequestName> =
  | { readonly ok: true; readonly value: Awaited<ReturnType<Requests[N]>> }
  | { readonly ok: false; readonly failure: Failure };

export const pushNames = {
  rowsChanged: true,
  countsChanged: true,
  throughputChanged: true,
  destinationsChanged: true,
  foldersChanged: true,
  settingsChanged: true,
  notice: true,
} as const satisfies Record<PushName, true>;

/** One missing, or one too many, does not compile. */
const requests = {
  snapshot: true,
  listJobs: true,
  countJobs: true,
  getJob: true,
  changesSince: true,
  activeJobs: true,
  view: true,
  addFiles: true,
  pauseJobs: true,
  resumeJobs: true,
  cancelJobs: true,
  retryJobs: true,
  moveJobsToTop: true,
  removeJobs: true,
  relocateJob: true,
  setPaused: true,
  copyLink: true,
  checkDestination: true,
  addDestination: true,
  updateDestination: true,
  setDestinationKey: true,
  removeDestination: true,
  testDestination: true,
  testDestinationDraft: true,
  pauseDestination: true,
  unblockDestination: true,
  describeKinds: true,
  addWatchFolder: true,
  updateWatchFolder: true,
  removeWatchFolder: true,
  scanWatchFolder: true,
  whenWatchFolderIdle: true,
  previewWatchFolder: true,
  settlingFiles: true,
  sendNow: true,
  explainPath: true,
  listDirectories: true,
  updateSettings: true,
  exportSettings: true,
  importSettings: true,
  startDemo: true,
  shutdown: true,
} as const satisfies Record<RequestName, true>;

export const requestNames = Object.keys(requests) as readonly RequestName[];

/** What a caller of the contract holds, whoever provides it. Rejections are ContractError. */
export type Api = {
  readonly [N in RequestName]: (
    ...args: Parameters<Requests[N]>
  ) => Promise<Awaited<ReturnType<Requests[N]>>>;
} & {
  on<P extends PushName>(name: P, listener: (payload: Pushes[P]) => void): () => void;
};

/** A failed request on the caller's side: the failure survived the wire, the Error did not. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message === '' ? failure.code : failure.message);
    this.failure = failure;
  }
}
