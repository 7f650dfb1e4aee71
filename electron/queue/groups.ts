/** The jobs of one Pupload flow run: one per upload edge, reserved together, renewed together. */

import type { StoredJob } from '#ports/stored-job.ts';
import { failure } from '#shared/failure.ts';
import { isTerminal } from '#shared/job.ts';
import type { JobEvent } from './events.ts';
import { reservationOf } from './transition.ts';

const lookAgainMs = 15_000;

export type Gathering =
  | { readonly kind: 'ready'; readonly members: readonly StoredJob[] }
  /** The job that asked cannot start yet: this is what becomes of it. */
  | { readonly kind: 'wait'; readonly event: JobEvent };

/** Whether all members of a flow run can be reserved together now. Pure. */
export function gatherGroup(asking: StoredJob, group: readonly StoredJob[], now: number): Gathering {
  const lacking = group.find((job) => job.id !== asking.id && !isReadyToReserve(job));
  if (lacking === undefined) return { kind: 'ready', members: group };
  const { state } = lacking;
  const reason = failure('edge-unfilled', '', lacking.edge === null ? {} : { edge: lacking.edge });
  if (state.name === 'waiting') {
    return { kind: 'wait', event: { type: 'deferred', failure: state.failure, until: state.until + 1 } };
  }
  if (isTerminal(state.name))
    return { kind: 'wait', event: { type: 'refused', failure: reason, resume: 'anew' } };
  return { kind: 'wait', event: { type: 'deferred', failure: reason, until: now + lookAgainMs } };
}

function isReadyToReserve(job: StoredJob): boolean {
  return job.state.name === 'queued' && job.state.step === 'reserve';
}

/** Members whose bytes went to a flow run that is lost: they must go again with the next one. */
export function lostWith(remoteId: string, group: readonly StoredJob[]): readonly StoredJob[] {
  return group.filter(
    (job) => !isTerminal(job.state.name) && reservationOf(job.state)?.remoteId === remoteId,
  );
}
