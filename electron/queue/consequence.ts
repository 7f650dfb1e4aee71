/** From a failure to the event that says what becomes of the job, and to what the destination must know. Pure. */

import type { StoredJob } from '#ports/stored-job.ts';
import { assertNever } from '#shared/assert-never.ts';
import { consequenceOf, type Failure } from '#shared/failure.ts';
import type { StateName } from '#shared/job.ts';
import { backoffMs } from './backoff.ts';
import type { JobEvent, ResumePoint } from './events.ts';

/** What the whole destination learns from one job's end. */
export type DestinationNews =
  | {
      readonly kind: 'throttled';
      readonly retryAfterMs: number | null;
      readonly leastDelayMs?: number | null;
      readonly failure: Failure;
      /** What the job was doing: only the same going well again says that the pace is right now. */
      readonly during?: StateName;
      /** When the request left, monotonic ms. */
      readonly askedAt?: number;
      /** The destination is asked more slowly from now on, and need not be held. */
      readonly isPaceEnough?: boolean;
    }
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  | { readonly kind: 'blocked'; readonly failure: Failure }
  | { readonly kind: 'failing' }
  /** It answered as it should. */
  | { readonly kind: 'fine'; readonly during?: StateName; readonly askedAt?: number }
  /** This end says nothing about the destination (a missing file, a refused type). */
  | { readonly kind: 'none' };

export interface Outcome {
  readonly event: JobEvent;
  readonly news: DestinationNews;
}

export interface FailureContext {
  readonly job: StoredJob;
  readonly now: number;
  readonly random: () => number;
  readonly retryAfterMs: number | null;
  readonly leastDelayMs?: number | null;
  readonly hasProgressed: boolean;
  /** Where the job goes on if the failure itself does not say it. */
  readonly resume: ResumePoint;
}

export function outcomeOfFailure(failure: Failure, context: FailureContext): Outcome {
  const resume = resumeFor(failure, context);
  const consequence = consequenceOf(failure.code);
  switch (consequence) {
    case 'retry': {
      const attempt = context.hasProgressed ? 1 : context.job.attempts + 1;
      const until = context.now + backoffMs(attempt, context.retryAfterMs, context.random);
      return {
        event: { type: 'failed', failure, until, hasProgressed: context.hasProgressed, resume },
        news: isServiceTrouble(failure) ? { kind: 'failing' } : { kind: 'none' },
      };
    }
    case 'block':
      return { event: { type: 'refused', failure, resume }, news: { kind: 'none' } };
    case 'block-destination':
      return { event: { type: 'refused', failure, resume }, news: { kind: 'blocked', failure } };
    case 'fail':
      return { event: { type: 'ended', failure, resume }, news: { kind: 'none' } };
    case 'hold':
      return {
        event: { type: 'interrupted', resume, failure },
        news:
          failure.code === 'unreachable'
            ? { kind: 'unreachable', failure }
            : {
                kind: 'throttled',
                retryAfterMs: context.retryAfterMs,
                leastDelayMs: context.leastDelayMs ?? null,
                failure,
              },
      };
    default:
      return assertNever(consequence);
  }
}

/** Stopped together with its whole destination. */
export function isBlockedWithAll({ state }: StoredJob): boolean {
  return state.name === 'blocked' && consequenceOf(state.failure.code) === 'block-destination';
}

/** Goes on when its destination does: it was stopped with all of it, or while there was none. */
export const isBlockedByDestination = (job: StoredJob): boolean =>
  isBlockedWithAll(job) || (job.state.name === 'blocked' && job.state.failure.code === 'destination-missing');

function isServiceTrouble(failure: Failure): boolean {
  return ['server-error', 'timeout', 'connection-broken', 'stalled', 'bad-answer'].includes(failure.code);
}

function resumeFor(failure: Failure, context: FailureContext): ResumePoint {
  switch (failure.code) {
    case 'asset-failed':
      return 'renew';
    case 'not-arrived':
      // It may be wrong for a moment. If looking and sending again did not help, the reservation itself is no good.
      return context.job.attempts % 2 === 0 ? 'inspect' : 'renew';
    case 'signature-refused':
    case 'clock-off':
    case 'store-clock-off':
    case 'target-refused':
    case 'store-missing':
    case 'flow-run-failed':
    case 'rejected':
    case 'too-large':
    case 'type-refused':
    case 'cannot-fit':
      return 'anew';
    default:
      return context.resume;
  }
}
