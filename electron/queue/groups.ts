/** The jobs of one Pupload flow run: one per upload edge, reserved together, renewed together. */

import type { StoredJob } from '#ports/stored-job.ts';
import { failure } from '#shared/failure.ts';
import { isTerminal, type JobId } from '#shared/job.ts';
import { isBlockedWithAll } from './consequence.ts';
import type { JobEvent } from './events.ts';
import { pointOf, reservationOf } from './resume.ts';

export type Gathering =
  | { readonly kind: 'ready'; readonly members: readonly StoredJob[] }
  /** One of them has ended, or waits for a person: the run cannot have all its files. */
  | { readonly kind: 'refused'; readonly event: JobEvent; readonly recalled: readonly StoredJob[] }
  /** These still hold on to the flow run that the one that asks has lost. */
  | { readonly kind: 'recall'; readonly members: readonly StoredJob[] }
  /** These were refused because one lacked that is here again. */
  | { readonly kind: 'free'; readonly members: readonly StoredJob[] }
  /** Until one of them moves. */
  | { readonly kind: 'wait' }
  /** The one that asks has moved itself since it was read. */
  | { readonly kind: 'stale' };

/** Whether all members of a flow run can be reserved together now. `group`: as they are, with the one that asks. Pure. */
export function gatherGroup(askingId: JobId, group: readonly StoredJob[]): Gathering {
  const asking = group.find(({ id }) => id === askingId);
  if (asking === undefined || !isReadyToReserve(asking)) return { kind: 'stale' };
  const others = group.filter(({ id }) => id !== askingId);
  const holding = others.filter(
    ({ state }) =>
      reservationOf(state) !== null && pointOf(state).step !== 'reserve' && !isTerminal(state.name),
  );
  const lacking = others.find((job) => isTerminal(job.state.name) || isStuck(job));
  if (lacking !== undefined) {
    const reason = failure('edge-unfilled', '', lacking.edge === null ? {} : { edge: lacking.edge });
    const event = { type: 'refused', failure: reason, resume: 'anew' } as const;
    return { kind: 'refused', event, recalled: holding };
  }
  if (holding.length > 0) return { kind: 'recall', members: holding };
  const refused = others.filter(isRefusedForOthers);
  if (refused.length > 0) return { kind: 'free', members: refused };
  return others.every(isReadyToReserve) ? { kind: 'ready', members: group } : { kind: 'wait' };
}

const isRefusedForOthers = ({ state }: StoredJob) =>
  state.name === 'blocked' && state.failure.code === 'edge-unfilled';

/** Blocked for a reason of its own; those that are blocked with their whole destination come back with it. */
const isStuck = (job: StoredJob) =>
  job.state.name === 'blocked' && !isRefusedForOthers(job) && !isBlockedWithAll(job);

function isReadyToReserve({ state }: StoredJob): boolean {
  return state.name === 'queued' && state.step === 'reserve';
}

/** Members whose bytes went to a flow run that is lost: they must go again with the next one. */
export function lostWith(remoteId: string, group: readonly StoredJob[]): readonly StoredJob[] {
  return group.filter(
    (job) => !isTerminal(job.state.name) && reservationOf(job.state)?.remoteId === remoteId,
  );
}
