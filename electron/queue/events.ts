/** What happened to a job. Facts in the past tense; `transition` says what they change. */

import type { Reservation } from '#ports/reservation.ts';
import type { FileVersion } from '#ports/transfer.ts';
import type { Asset } from '#shared/asset.ts';
import type { Failure } from '#shared/failure.ts';
import type { Step } from '#shared/job.ts';

export type JobEvent =
  /** A lane was given. `freshKey` becomes the reserve key where the job has none. */
  | { readonly type: 'started'; readonly freshKey: string }
  /** `isAhead`: no data lane is free yet, the reservation is held for the next one. */
  | { readonly type: 'reserved'; readonly reservation: Reservation; readonly isAhead: boolean }
  /** `keepsCharge`: it was no doubt that was charged last, but a failure: one that comes again and again must come to an end. */
  | { readonly type: 'inspected'; readonly found: 'arrived'; readonly keepsCharge?: boolean }
  /** `reservation`: a fresh one; null: the target is spent; undefined: the old one still serves. */
  | {
      readonly type: 'inspected';
      readonly found: 'missing';
      readonly reservation: Reservation | null | undefined;
      /** When to go on, and why so late, where tries were in vain before; null: at once. */
      readonly until: number | null;
      readonly failure: Failure;
    }
  | {
      readonly type: 'inspected';
      readonly found: 'completed';
      readonly asset: Asset;
      readonly keepsCharge?: boolean;
    }
  /** The store took every byte. `sha256` is null where no full pass was made (an earlier try had brought them). */
  | { readonly type: 'uploaded'; readonly sha256: string | null }
  /** All bytes were given and no answer came. A try like any other: only if they are missing does it cost anything. */
  | { readonly type: 'doubted'; readonly hasProgressed: boolean }
  | { readonly type: 'pended'; readonly pollAt: number; readonly reservation: Reservation | null }
  /** `sha256`: known from looking for the same content; else absent. */
  | { readonly type: 'confirmed'; readonly asset: Asset; readonly sha256?: string }
  /**
   * `until`: when to ask for the next target; at once where it has passed. `failure`: for the bound. A target that ran
   * out while it only waited (`wasTried` false) is no sign that the file cannot fit.
   */
  | {
      readonly type: 'expired';
      readonly wasTried: boolean;
      readonly until: number;
      readonly now: number;
      readonly failure: Failure;
    }
  /** Costs an attempt. `hasProgressed`: this try brought more bytes than any before, so the counter starts again. */
  | {
      readonly type: 'failed';
      readonly failure: Failure;
      readonly until: number;
      readonly hasProgressed: boolean;
      readonly resume: ResumePoint;
    }
  /** Only the user can help. Costs no attempt. */
  | { readonly type: 'refused'; readonly failure: Failure; readonly resume: ResumePoint }
  /** Ended at once, without another try. */
  | { readonly type: 'ended'; readonly failure: Failure; readonly resume: ResumePoint }
  /** Must wait for something that is not its fault. Costs no attempt. */
  | { readonly type: 'deferred'; readonly failure: Failure | null; readonly until: number }
  /** Offline, sleep, hold, shutdown. `failure`: what holds the destination, or, until a time, this job alone. */
  | {
      readonly type: 'interrupted';
      readonly resume: ResumePoint;
      readonly failure?: Failure;
      readonly until?: number;
    }
  | { readonly type: 'due' }
  | { readonly type: 'paused'; readonly resume: ResumePoint }
  | { readonly type: 'resumed' }
  | { readonly type: 'unblocked' }
  /** The file has another content: a new generation, which starts when `until` has come. */
  | { readonly type: 'changed'; readonly file: FileVersion; readonly until: number; readonly now: number }
  /** The same, found while it was being sent: counts as an attempt, and blocks a file that never rests. */
  | { readonly type: 'torn'; readonly file: FileVersion; readonly until: number }
  | { readonly type: 'vanished'; readonly failure: Failure; readonly resume: ResumePoint }
  | { readonly type: 'canceled'; readonly resume: ResumePoint }
  | { readonly type: 'retried' }
  | { readonly type: 'recovered' }
  /** Another member of its flow run (`remoteId`) needs a new run, so this one's bytes must go again. */
  | { readonly type: 'regrouped'; readonly remoteId: string }
  | { readonly type: 'moved'; readonly path: string; readonly name: string }
  | { readonly type: 'promoted'; readonly rank: number };

/**
 * Where an ended run goes on:
 * - `same`: the same step again
 * - `inspect`: the bytes may have arrived
 * - `renew`: a fresh target for the same reservation
 * - `anew`: nothing of the reservation can be used
 */
export type ResumePoint = 'same' | 'inspect' | 'renew' | 'anew';

export type ResumedStep = { readonly step: Step; readonly reservation: Reservation | null };
