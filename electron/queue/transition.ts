/**
 * The life of a job: `transition(job, event)` is pure and total. An event that does not apply (the late answer of an
 * aborted run, a button pressed twice) returns the very same job. Times, keys and delays come inside the events.
 */

import { isSameVersion } from '#ports/file-version.ts';
import type { Reservation } from '#ports/reservation.ts';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import { assertNever } from '#shared/assert-never.ts';
import { type Failure, failure } from '#shared/failure.ts';
import { canPause, isTerminal } from '#shared/job.ts';
import type { JobEvent, ResumedStep, ResumePoint } from './events.ts';
import { maxRenewalsInRow } from './renewal.ts';
import { forResume, pointOf, reservationOf, resumeAt } from './resume.ts';

export interface TransitionLimits {
  /** A value of 1 lets a job fail at its first retryable failure; the default is 8. */
  readonly maxAttempts: number;
}

export function transition(job: StoredJob, event: JobEvent, limits: TransitionLimits): StoredJob {
  const { state } = job;
  switch (event.type) {
    case 'started':
      return state.name === 'queued' ? start(job, state, event.freshKey) : job;
    case 'reserved':
      if (state.name !== 'reserving') return job;
      return {
        ...job,
        wasDoubted: false,
        wasCompleteTried: false,
        state: event.isAhead
          ? { name: 'queued', step: 'upload', reservation: event.reservation }
          : { name: 'uploading', reservation: event.reservation },
      };
    case 'inspected':
      return state.name === 'inspecting' ? inspected(job, state.reservation, event, limits) : job;
    case 'uploaded':
      if (state.name !== 'uploading') return job;
      return {
        ...job,
        sha256: event.sha256 ?? job.sha256,
        renewalsInRow: afterArrival(job),
        wasSignatureRefused: false,
        state: { name: 'completing', reservation: state.reservation },
      };
    case 'doubted':
      if (state.name !== 'uploading') return job;
      return {
        ...job,
        attempts: event.hasProgressed ? 1 : oneMore(job.attempts, limits),
        wasDoubted: true,
        state: { name: 'queued', step: 'inspect', reservation: state.reservation },
      };
    case 'pended':
      return pended(job, event);
    case 'confirmed':
      if (!['reserving', 'inspecting', 'completing', 'processing'].includes(state.name)) return job;
      return {
        ...job,
        sha256: event.sha256 ?? job.sha256,
        state: { name: 'completed', asset: event.asset },
      };
    case 'expired':
      return expired(job, event);
    case 'failed':
      return failed(job, event, limits);
    case 'refused': {
      // From `queued` too: a flow run that lacks a file is refused before anything ran.
      const at = state.name === 'queued' ? pointOf(state) : resumeAt(state, event.resume);
      return at === null
        ? job
        : { ...forResume(job, event.resume), state: { name: 'blocked', ...at, failure: event.failure } };
    }
    case 'ended': {
      const at = resumeAt(state, event.resume);
      return at === null
        ? job
        : { ...forResume(job, event.resume), state: { name: 'failed', ...at, failure: event.failure } };
    }
    case 'deferred':
      return deferred(job, event);
    case 'interrupted': {
      const { until, failure: cause = null } = event;
      if (state.name === 'processing')
        return until === undefined ? job : { ...job, state: { ...state, pollAt: until } };
      const at = resumeAt(state, event.resume);
      if (at === null) return job;
      const rest = forResume(job, event.resume);
      if (until === undefined) return { ...rest, state: { name: 'queued', ...at } };
      return { ...rest, state: { name: 'waiting', ...at, until, failure: cause } };
    }
    case 'due':
      return state.name === 'waiting'
        ? { ...job, state: { name: 'queued', step: state.step, reservation: state.reservation } }
        : job;
    case 'paused':
      return paused(job, event.resume);
    case 'resumed':
      return state.name === 'paused'
        ? { ...job, state: { name: 'queued', step: state.step, reservation: state.reservation } }
        : job;
    case 'unblocked':
      return state.name === 'blocked'
        ? { ...job, state: { name: 'queued', step: state.step, reservation: state.reservation } }
        : job;
    case 'changed':
      return changed(job, event);
    case 'torn':
      return torn(job, event, limits);
    case 'vanished': {
      if (state.name === 'completing' || state.name === 'processing' || isTerminal(state.name)) return job;
      const at = resumeAt(state, event.resume) ?? pointOf(state);
      return { ...forResume(job, event.resume), state: { name: 'blocked', ...at, failure: event.failure } };
    }
    case 'canceled':
      if (isTerminal(state.name)) return job;
      return {
        ...forResume(job, event.resume),
        state: { name: 'canceled', ...(resumeAt(state, event.resume) ?? pointOf(state)) },
      };
    case 'retried':
      if (state.name !== 'failed' && state.name !== 'canceled' && state.name !== 'blocked') return job;
      return {
        ...job,
        attempts: 0,
        renewalsInRow: 0,
        wasSignatureRefused: false,
        completedAt: null,
        state: { name: 'queued', step: state.step, reservation: state.reservation },
      };
    case 'recovered':
      return recovered(job);
    case 'regrouped':
      return regrouped(job, event.remoteId);
    case 'moved':
      return { ...job, path: event.path, name: event.name };
    case 'promoted':
      return isTerminal(state.name) ? job : { ...job, rank: event.rank };
    default:
      return assertNever(event);
  }
}

function start(job: StoredJob, state: Extract<StoredState, { name: 'queued' }>, freshKey: string): StoredJob {
  const { reservation } = state;
  if (state.step === 'reserve' || reservation === null) {
    return { ...job, reserveKey: job.reserveKey ?? freshKey, state: { name: 'reserving', reservation } };
  }
  switch (state.step) {
    case 'inspect':
      return { ...job, state: { name: 'inspecting', reservation } };
    case 'upload':
      return { ...job, state: { name: 'uploading', reservation } };
    case 'complete':
      return { ...job, state: { name: 'completing', reservation } };
    default:
      return assertNever(state.step);
  }
}

function inspected(
  job: StoredJob,
  reservation: Reservation,
  event: Extract<JobEvent, { type: 'inspected' }>,
  limits: TransitionLimits,
): StoredJob {
  switch (event.found) {
    case 'arrived':
      return {
        ...withoutTheDoubt(job, event),
        renewalsInRow: afterArrival(job),
        state: { name: 'completing', reservation },
      };
    case 'completed':
      return { ...withoutTheDoubt(job, event), state: { name: 'completed', asset: event.asset } };
    case 'missing':
      return missing(job, reservation, event, limits);
    default:
      return assertNever(event);
  }
}

/** The try that ended in doubt was charged for it, and was none in vain. */
function withoutTheDoubt(
  job: StoredJob,
  { keepsCharge = false }: { readonly keepsCharge?: boolean },
): StoredJob {
  return keepsCharge ? job : { ...job, attempts: Math.max(0, job.attempts - 1) };
}

function missing(
  job: StoredJob,
  reservation: Reservation,
  event: Extract<JobEvent, { found: 'missing' }>,
  limits: TransitionLimits,
): StoredJob {
  const { until, failure: reason } = event;
  const isSpent = event.reservation === null;
  const at: ResumedStep = isSpent
    ? { step: 'reserve', reservation }
    : { step: 'upload', reservation: event.reservation ?? reservation };
  const next = {
    ...job,
    reserveKey: isSpent ? null : job.reserveKey,
    // A fresh target has not been tried; with the old one the doubt stays, so that "is there already" means ours.
    wasDoubted: event.reservation === undefined,
  };
  if (until === null) return { ...next, state: { name: 'queued', ...at } };
  return tryAgain(next, at, { failure: reason, until }, limits);
}

/** The bytes of one edge are worth nothing without the others: a flow run that never gets all of them must be bounded. */
function afterArrival({ groupId, renewalsInRow }: StoredJob): number {
  return groupId === null ? 0 : renewalsInRow;
}

/** A setting that was lowered takes no attempt back. */
function oneMore(attempts: number, { maxAttempts }: TransitionLimits): number {
  return Math.max(attempts, Math.min(attempts + 1, maxAttempts));
}

function pended(job: StoredJob, event: Extract<JobEvent, { type: 'pended' }>): StoredJob {
  const { state } = job;
  if (state.name !== 'completing' && state.name !== 'processing') return job;
  const pollCount = state.name === 'processing' ? state.pollCount + 1 : 1;
  const reservation = event.reservation ?? state.reservation;
  return { ...job, state: { name: 'processing', reservation, pollAt: event.pollAt, pollCount } };
}

function expired(job: StoredJob, event: Extract<JobEvent, { type: 'expired' }>): StoredJob {
  const { state } = job;
  if (!['queued', 'reserving', 'uploading', 'completing'].includes(state.name)) return job;
  const reservation = reservationOf(state);
  const next = {
    ...job,
    reserveKey: null,
    wasDoubted: false,
    renewals: job.renewals + 1,
    renewalsInRow: job.renewalsInRow + (event.wasTried ? 1 : 0),
  };
  if (next.renewalsInRow > maxRenewalsInRow) {
    return { ...next, state: { name: 'blocked', step: 'reserve', reservation, failure: event.failure } };
  }
  if (event.until <= event.now) return { ...next, state: { name: 'queued', step: 'reserve', reservation } };
  return {
    ...next,
    state: { name: 'waiting', step: 'reserve', reservation, until: event.until, failure: null },
  };
}

function failed(
  job: StoredJob,
  event: Extract<JobEvent, { type: 'failed' }>,
  limits: TransitionLimits,
): StoredJob {
  const at = resumeAt(job.state, event.resume);
  if (at === null) return job;
  const attempts = event.hasProgressed ? 1 : oneMore(job.attempts, limits);
  const next = {
    ...forResume(job, event.resume),
    attempts,
    wasSignatureRefused: job.wasSignatureRefused || event.failure.code === 'signature-refused',
  };
  return tryAgain(next, at, event, limits);
}

/** After a wait, or never again by itself: then the failure says how often it was tried. */
function tryAgain(
  job: StoredJob,
  at: ResumedStep,
  { failure: cause, until }: { readonly failure: Failure; readonly until: number },
  { maxAttempts }: TransitionLimits,
): StoredJob {
  if (job.attempts < maxAttempts) return { ...job, state: { name: 'waiting', ...at, until, failure: cause } };
  const facts = { ...cause.facts, triesMade: job.attempts };
  return { ...job, state: { name: 'failed', ...at, failure: { ...cause, facts } } };
}

function deferred(job: StoredJob, event: Extract<JobEvent, { type: 'deferred' }>): StoredJob {
  const at = job.state.name === 'queued' ? pointOf(job.state) : resumeAt(job.state, 'same');
  if (at === null) return job;
  if (job.state.name === 'processing') return { ...job, state: { ...job.state, pollAt: event.until } };
  return { ...job, state: { name: 'waiting', ...at, until: event.until, failure: event.failure } };
}

function paused(job: StoredJob, resume: ResumePoint): StoredJob {
  const { state } = job;
  if (!canPause(state.name)) return job;
  if (state.name === 'queued' || state.name === 'waiting')
    return { ...job, state: { name: 'paused', ...pointOf(state) } };
  const at = resumeAt(state, resume) ?? pointOf(state);
  return { ...forResume(job, resume), state: { name: 'paused', ...at } };
}

function changed(job: StoredJob, event: Extract<JobEvent, { type: 'changed' }>): StoredJob {
  const { state } = job;
  if (state.name === 'completed' || state.name === 'canceled') return job;
  const hasEnded = state.name === 'failed' || state.name === 'blocked';
  // It was found torn before anybody told of it: this is the version that it waits for already.
  if (!hasEnded && isSameVersion(job.file, event.file)) return job;
  const next = {
    ...afresh(job),
    attempts: hasEnded ? 0 : job.attempts,
    file: event.file,
    generation: job.generation + 1,
  };
  return event.until <= event.now
    ? { ...next, state: { name: 'queued', step: 'reserve', reservation: null } }
    : {
        ...next,
        state: {
          name: 'waiting',
          step: 'reserve',
          reservation: null,
          until: event.until,
          failure: failure('file-changed'),
        },
      };
}

function torn(
  job: StoredJob,
  event: Extract<JobEvent, { type: 'torn' }>,
  limits: TransitionLimits,
): StoredJob {
  if (resumeAt(job.state, 'anew') === null) return job;
  const attempts = job.attempts + 1;
  const next = { ...afresh(job), attempts, file: event.file, generation: job.generation + 1 };
  const at = { step: 'reserve' as const, reservation: null };
  return attempts >= limits.maxAttempts
    ? { ...next, state: { name: 'blocked', ...at, failure: failure('keeps-changing') } }
    : { ...next, state: { name: 'waiting', ...at, until: event.until, failure: failure('file-changed') } };
}

/** A process that died left this: nothing that ran is known to have ended, so ask or repeat. */
function recovered(job: StoredJob): StoredJob {
  const { state } = job;
  switch (state.name) {
    case 'reserving':
      return { ...job, state: { name: 'queued', step: 'reserve', reservation: state.reservation } };
    case 'uploading':
    case 'inspecting':
      return {
        ...job,
        wasDoubted: true,
        state: { name: 'queued', step: 'inspect', reservation: state.reservation },
      };
    case 'completing':
      return {
        ...job,
        wasCompleteTried: true,
        state: { name: 'queued', step: 'complete', reservation: state.reservation },
      };
    default:
      return job;
  }
}

function regrouped(job: StoredJob, remoteId: string): StoredJob {
  const { state } = job;
  if (isTerminal(state.name) || reservationOf(state)?.remoteId !== remoteId) return job;
  const next = { ...afresh(job), renewals: job.renewals + 1, renewalsInRow: job.renewalsInRow };
  const at = { step: 'reserve', reservation: null } as const;
  if (state.name === 'paused') return { ...next, state: { name: 'paused', ...at } };
  if (state.name === 'blocked') return { ...next, state: { name: 'blocked', ...at, failure: state.failure } };
  return { ...next, state: { name: 'queued', ...at } };
}

/** The job without anything that belonged to its last reservation. */
function afresh(job: StoredJob): StoredJob {
  return {
    ...job,
    reserveKey: null,
    renewalsInRow: 0,
    wasDoubted: false,
    wasSignatureRefused: false,
    wasCompleteTried: false,
    sha256: null,
  };
}
