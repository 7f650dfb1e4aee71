/** Where a job stands, and where it goes on after a run of it has ended. Pure. */

import type { Reservation } from '#ports/reservation.ts';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { Step } from '#shared/job.ts';
import type { ResumedStep, ResumePoint } from './events.ts';

/** What must be remembered or forgotten when a run ends and goes on at this point. */
export function forResume(job: StoredJob, resume: ResumePoint): StoredJob {
  switch (resume) {
    case 'inspect':
      return { ...job, wasDoubted: true };
    case 'renew':
      return { ...job, reserveKey: null, wasDoubted: false };
    case 'anew':
      return { ...job, reserveKey: null, wasDoubted: false, wasCompleteTried: false };
    case 'same':
      return job.state.name === 'completing' || job.state.name === 'processing'
        ? { ...job, wasCompleteTried: true }
        : job;
    default:
      return assertNever(resume);
  }
}

/** Step and reservation with which a running job goes on; null where nothing runs. */
export function resumeAt(state: StoredState, resume: ResumePoint): ResumedStep | null {
  const same = stepOfRun(state);
  if (same === null) return null;
  const reservation = reservationOf(state);
  switch (resume) {
    case 'same':
      return { step: same, reservation };
    case 'inspect':
      return { step: reservation === null ? 'reserve' : 'inspect', reservation };
    case 'renew':
      return { step: 'reserve', reservation };
    case 'anew':
      return { step: 'reserve', reservation: null };
    default:
      return assertNever(resume);
  }
}

function stepOfRun(state: StoredState): Step | null {
  switch (state.name) {
    case 'reserving':
      return 'reserve';
    case 'inspecting':
      return 'inspect';
    case 'uploading':
      return 'upload';
    case 'completing':
    case 'processing':
      return 'complete';
    default:
      return null;
  }
}

/** The reservation a state carries, whatever state it is. */
export function reservationOf(state: StoredState): Reservation | null {
  return 'reservation' in state ? state.reservation : null;
}

/** Where a job stands: the step it does now, or would do next. */
export function pointOf(state: StoredState): ResumedStep {
  const running = stepOfRun(state);
  if (running !== null) return { step: running, reservation: reservationOf(state) };
  return { step: 'step' in state ? state.step : 'reserve', reservation: reservationOf(state) };
}
