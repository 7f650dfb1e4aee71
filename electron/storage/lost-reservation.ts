/** What a job is when its reservation cannot be opened any more (another key, damage): it reserves anew. */

import type { Reservation } from '#ports/reservation.ts';
import type { StoredState } from '#ports/stored-job.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { Asset } from '#shared/asset.ts';
import type { Failure } from '#shared/failure.ts';
import type { StateName, Step } from '#shared/job.ts';

/** The columns that make up a state, opened and parsed. */
export interface StateParts {
  readonly name: StateName;
  readonly step: Step;
  readonly reservation: Reservation | null;
  /** Until when it waits, or when it is polled next. */
  readonly dueAt: number;
  readonly pollCount: number;
  readonly failure: Failure | null;
  readonly asset: Asset | null;
}

const unknownFailure: Failure = { code: 'internal', message: 'The stored reason is unreadable.', facts: {} };

/**
 * `isLost`: there was a reservation and it cannot be opened. A run falls back to `reserving`, which recovery knows how to
 * begin again; a poll becomes a wait until the same time.
 */
export function assembleState(parts: StateParts, isLost: boolean): StoredState {
  const { name, reservation, failure } = parts;
  const step = isLost ? 'reserve' : parts.step;
  switch (name) {
    case 'queued':
    case 'paused':
    case 'canceled':
      return { name, step, reservation };
    case 'blocked':
    case 'failed':
      return { name, step, reservation, failure: failure ?? unknownFailure };
    case 'waiting':
      return { name, step, reservation, until: parts.dueAt, failure };
    case 'reserving':
      return { name, reservation };
    case 'inspecting':
    case 'uploading':
    case 'completing':
      return reservation === null ? { name: 'reserving', reservation } : { name, reservation };
    case 'processing':
      return reservation === null
        ? { name: 'waiting', step: 'reserve', reservation, until: parts.dueAt, failure: null }
        : { name, reservation, pollAt: parts.dueAt, pollCount: parts.pollCount };
    case 'completed':
      return parts.asset === null
        ? { name: 'failed', step: 'complete', reservation: null, failure: unknownFailure }
        : { name, asset: parts.asset };
    default:
      return assertNever(name);
  }
}
