/**
 * What `--json` prints: one JSON object per line on stdout, each with a `type`. Fields are added, never renamed or
 * removed. Paths are absolute, times are epoch milliseconds, sizes are bytes; what is not known is null.
 *
 * `upload`, `watch` and `run` print, as things happen:
 *
 * | type | when |
 * |---|---|
 * | `added` | a file is in the queue; `outcome`: `added` now, `joined` the job that was there, `linked` to the asset that exists |
 * | `refused` | a path that was given did not become a job |
 * | `ignored` | a file below a directory that was given is left out, by `rule` |
 * | `renewed` | the service's upload link ran out and was asked for anew |
 * | `retrying` | a try failed; the next one is at `until` |
 * | `completed` | the asset exists |
 * | `failed` | gave up; `hoist retry` tries again |
 * | `blocked` | needs you; `failure.hint` says what for |
 * | `canceled` | somebody canceled it, or removed it from the list |
 * | `held` | a destination starts nothing at the moment; `until` is null where nobody knows how long |
 * | `released` | it goes on |
 * | `notice` | the engine has something to say |
 * | `interrupted` | Ctrl-C: `left` files are not done |
 * | `summary` | the last line |
 *
 * `link` means the same everywhere: what the service's asset is called for good, or as long as `linkExpiresAt` says. It is
 * the address itself where that lasts; where addresses live for minutes (Runflow) it is the service's own reference.
 * `formatted` is what `--format` asked for, made from an address that was signed anew just then; null without `--format`.
 *
 * `status --json` prints a `job` per job, `links --json` a `completed` per asset; `destinations list --json` a
 * `destination`, `folders list --json` a `folder`, `explain --json` an `explanation`.
 */
import type { Artifact, LinkKind } from '#shared/asset.ts';
import { type Destination, isAddressKnown } from '#shared/destination.ts';
import { explainFailure, type Failure, type FailureCode, type FailureFacts } from '#shared/failure.ts';
import type { AddedFile, DestinationHold, DestinationView, WatchFolderView } from '#shared/ipc.ts';
import type { JobId, StateName, Step, UploadJob } from '#shared/job.ts';
import type { PathExplanation } from '#shared/watch-folder.ts';

/** A failure in words and in numbers. */
export interface FailureRecord {
  readonly code: FailureCode;
  readonly reason: string;
  readonly hint: string;
  /** The technical detail; may be empty. */
  readonly message: string;
  readonly facts: FailureFacts;
}

interface OfJob {
  readonly path: string;
  readonly destination: string;
  readonly jobId: JobId;
}

export interface CompletedRecord extends OfJob {
  readonly type: 'completed';
  /** See above. */
  readonly link: string;
  readonly linkKind: LinkKind;
  /** When `link` stops to work; null: not known to end. */
  readonly linkExpiresAt: number | null;
  /** The link as `--format` wants it. */
  readonly formatted: string | null;
  readonly assetId: string;
  readonly sha256: string | null;
  readonly bytes: number;
  readonly renewals: number;
  readonly edge: string | null;
  /** Pupload: the objects that the flow run has made. */
  readonly artifacts: readonly Artifact[];
  readonly completedAt: number | null;
}

export interface SummaryRecord {
  readonly type: 'summary';
  readonly completed: number;
  readonly failed: number;
  readonly blocked: number;
  readonly canceled: number;
  readonly refused: number;
  /** Files that a rule left out. */
  readonly ignored: number;
  readonly left: number;
  readonly bytes: number;
  readonly exitCode: number;
}

export type ProgressRecord =
  | (OfJob & { readonly type: 'added'; readonly outcome: 'added' | 'joined' | 'linked' })
  | {
      readonly type: 'refused';
      readonly path: string;
      readonly destination: string;
      readonly failure: FailureRecord | null;
    }
  | { readonly type: 'ignored'; readonly path: string; readonly rule: string }
  | (OfJob & { readonly type: 'renewed'; readonly renewals: number })
  | (OfJob & {
      readonly type: 'retrying';
      readonly attempts: number;
      readonly until: number;
      readonly failure: FailureRecord | null;
    })
  | CompletedRecord
  | (OfJob & {
      readonly type: 'failed' | 'blocked';
      readonly attempts: number;
      readonly failure: FailureRecord;
    })
  | (OfJob & { readonly type: 'canceled' })
  | {
      readonly type: 'held';
      readonly destination: string;
      readonly kind: DestinationHold['kind'] | 'all-paused';
      readonly until: number | null;
      readonly failure: FailureRecord | null;
    }
  | { readonly type: 'released'; readonly destination: string }
  | {
      readonly type: 'notice';
      readonly level: 'info' | 'warning';
      readonly text: string;
      readonly at: number;
    }
  | { readonly type: 'interrupted'; readonly left: number }
  | SummaryRecord;

export interface JobRecord {
  readonly type: 'job';
  readonly jobId: JobId;
  readonly path: string;
  readonly destination: string;
  readonly kind: UploadJob['kind'];
  readonly state: StateName;
  /** What it does next, where it waits; null where the state says it all. */
  readonly step: Step | null;
  readonly link: string | null;
  readonly assetId: string | null;
  readonly sha256: string | null;
  readonly edge: string | null;
  readonly origin: UploadJob['origin'];
  readonly watchFolderId: string | null;
  readonly generation: number;
  readonly attempts: number;
  readonly renewals: number;
  readonly bytesTotal: number;
  readonly bytesSent: number;
  readonly bytesPerSecond: number | null;
  /** When it goes on by itself; null where it does not, or nobody knows. */
  readonly until: number | null;
  readonly failure: FailureRecord | null;
  /** What its destination waits for; null where nothing holds it. */
  readonly hold: {
    readonly kind: DestinationHold['kind'];
    readonly until: number | null;
    readonly failure: FailureRecord | null;
  } | null;
  readonly addedAt: number;
  readonly updatedAt: number;
  readonly completedAt: number | null;
}

export const failureRecord = (failure: Failure): FailureRecord => ({
  code: failure.code,
  ...explainFailure(failure),
  message: failure.message,
  facts: failure.facts,
});

export const optionalFailure = (failure: Failure | null): FailureRecord | null =>
  failure === null ? null : failureRecord(failure);

export const ofJob = (job: UploadJob): OfJob => ({
  path: job.path,
  destination: job.destinationName,
  jobId: job.id,
});

export function addedRecord(file: AddedFile, destination: string): ProgressRecord {
  if (file.jobId === null || file.outcome === 'refused') {
    return { type: 'refused', path: file.path, destination, failure: optionalFailure(file.failure) };
  }
  return { type: 'added', path: file.path, destination, jobId: file.jobId, outcome: file.outcome };
}

/** `formatted`: the link in the format that was asked for; null where none was. */
export function completedRecord(job: UploadJob, formatted: string | null): CompletedRecord | null {
  if (job.state.name !== 'completed') return null;
  const { asset } = job.state;
  return {
    type: 'completed',
    ...ofJob(job),
    link: asset.link,
    linkKind: asset.linkKind,
    linkExpiresAt: asset.linkExpiresAt,
    formatted,
    assetId: asset.id,
    sha256: job.sha256,
    bytes: job.bytesTotal,
    renewals: job.renewals,
    edge: job.edge,
    artifacts: asset.artifacts,
    completedAt: job.completedAt,
  };
}

export function jobRecord(job: UploadJob, hold: DestinationHold | null): JobRecord {
  const { state } = job;
  return {
    type: 'job',
    jobId: job.id,
    path: job.path,
    destination: job.destinationName,
    kind: job.kind,
    state: state.name,
    step: 'step' in state ? state.step : null,
    link: job.link,
    assetId: job.assetId,
    sha256: job.sha256,
    edge: job.edge,
    origin: job.origin,
    watchFolderId: job.watchFolderId,
    generation: job.generation,
    attempts: job.attempts,
    renewals: job.renewals,
    bytesTotal: job.bytesTotal,
    bytesSent: job.bytesSent,
    bytesPerSecond: job.bytesPerSecond,
    until: state.name === 'waiting' ? state.until : state.name === 'processing' ? state.pollAt : null,
    failure: 'failure' in state ? optionalFailure(state.failure) : null,
    hold:
      hold === null || !isHeld(state.name)
        ? null
        : { kind: hold.kind, until: hold.until, failure: optionalFailure(hold.failure) },
    addedAt: job.addedAt,
    updatedAt: job.updatedAt,
    completedAt: job.completedAt,
  };
}

/** The engine tells a pause of the whole queue as a hold of every destination; this one is not paused itself. */
export const isPausedWithQueue = ({ destination, hold }: DestinationView): boolean =>
  hold?.kind === 'paused' && !destination.isPaused;

/** A hold of the destination matters to jobs that would start something. */
export const isHeld = (name: StateName): boolean => name === 'queued' || name === 'waiting';

/** What follows from the address of the demo service; null as long as that is not known. */
const ofAddress = ['baseUrl', 'workspaceId', 'projectId', 'flowName'];

const knownOf = (destination: Destination) =>
  isAddressKnown(destination)
    ? destination
    : Object.fromEntries(
        Object.entries(destination).map(([field, value]) => [
          field,
          ofAddress.includes(field) ? null : value,
        ]),
      );

export const destinationRecord = (view: DestinationView) => ({
  type: 'destination' as const,
  ...knownOf(view.destination),
  hasKey: view.hasKey,
  keyEnding: view.keyEnding,
  hold:
    view.hold === null
      ? null
      : { kind: view.hold.kind, until: view.hold.until, failure: optionalFailure(view.hold.failure) },
});

export const folderRecord = (view: WatchFolderView, destination: string | null) => ({
  type: 'folder' as const,
  ...view.folder,
  destination,
  health: view.health,
});

export const explanationRecord = (explanation: PathExplanation, jobs: readonly JobRecord[]) => ({
  type: 'explanation' as const,
  ...explanation,
  jobs,
});

/** One line of JSON that no terminal obeys: JSON itself escapes C0 only. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
