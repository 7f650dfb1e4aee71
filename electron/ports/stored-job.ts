/** A job as the queue works on it and the journal keeps it. Holds secrets (the target): never leaves the engine. */
import type { Asset } from '#shared/asset.ts';
import type { Failure } from '#shared/failure.ts';
import type { JobId, Origin, Step, TimelineEntry } from '#shared/job.ts';
import type { Reservation } from './reservation.ts';
import type { FileVersion } from './transfer.ts';

export type StoredState =
  | { readonly name: 'queued'; readonly step: Step; readonly reservation: Reservation | null }
  | { readonly name: 'reserving'; readonly reservation: Reservation | null }
  | { readonly name: 'inspecting'; readonly reservation: Reservation }
  | { readonly name: 'uploading'; readonly reservation: Reservation }
  | { readonly name: 'completing'; readonly reservation: Reservation }
  | {
      readonly name: 'processing';
      readonly reservation: Reservation;
      readonly pollAt: number;
      readonly pollCount: number;
    }
  | {
      readonly name: 'waiting';
      readonly step: Step;
      readonly reservation: Reservation | null;
      readonly until: number;
      readonly failure: Failure | null;
    }
  | { readonly name: 'paused'; readonly step: Step; readonly reservation: Reservation | null }
  | {
      readonly name: 'blocked';
      readonly step: Step;
      readonly reservation: Reservation | null;
      readonly failure: Failure;
    }
  | { readonly name: 'completed'; readonly asset: Asset }
  | {
      readonly name: 'failed';
      readonly step: Step;
      readonly reservation: Reservation | null;
      readonly failure: Failure;
    }
  | { readonly name: 'canceled'; readonly step: Step; readonly reservation: Reservation | null };

/** What stays the same for the whole life of a job. */
export interface JobOrder {
  readonly destinationId: string;
  readonly path: string;
  readonly name: string;
  readonly mimeType: string;
  readonly file: FileVersion;
  readonly edge: string | null;
  /** Jobs of one Pupload flow run share a group; null elsewhere. */
  readonly groupId: string | null;
  readonly origin: Origin;
  readonly watchFolderId: string | null;
  readonly batchId: string | null;
}

export interface StoredJob extends JobOrder {
  readonly id: JobId;
  /** Changes with every write; a write against an old revision is refused. */
  readonly revision: number;
  /** 1 for the first; a forced or changed upload of the same file has the next. */
  readonly generation: number;
  /** Lower goes first: moved to top < 0, manual 0, watched 1. Then the older id. */
  readonly rank: number;
  readonly attempts: number;
  /** All renewals of this generation; shown. */
  readonly renewals: number;
  /** Renewals since bytes last arrived in full; bounds them (three, then alone; five, then blocked). */
  readonly renewalsInRow: number;
  /** The target refused the signature already once in this generation. */
  readonly wasSignatureRefused: boolean;
  /** A try with the present target ended in doubt. */
  readonly wasDoubted: boolean;
  /** An earlier `complete` may have been heard. */
  readonly wasCompleteTried: boolean;
  /** Stored before the first reserve of a generation, so that a repeat after a crash is the same request. */
  readonly reserveKey: string | null;
  readonly state: StoredState;
  /** Hex of the bytes that were sent; null until a full pass. */
  readonly sha256: string | null;
  readonly addedAt: number;
  readonly updatedAt: number;
  readonly completedAt: number | null;
}

/** One write: the job as it shall be, on top of the revision it was read with, and what the timeline says of it. */
export interface JobChange {
  readonly job: StoredJob;
  readonly entries: readonly TimelineEntry[];
}
