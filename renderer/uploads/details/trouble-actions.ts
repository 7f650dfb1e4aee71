import { consequenceOf, type Failure } from '#shared/failure.ts';
import type { JobState } from '#shared/job.ts';
import { needsOtherPlace } from '../row/row-actions.ts';

/**
 * What the person can do for a job that does not go on. `unblock` lets the whole destination go on, `resume` this job.
 */
export type TroubleAction =
  | 'send-to'
  | 'retry'
  | 'resume'
  | 'unblock'
  | 'update-key'
  | 'edit-destination'
  | 'add-destination'
  | 'find-file'
  | 'cancel';

/**
 * The likely one first; none: it goes on by itself, or is done. `hasTaker`: another destination would take the file.
 */
export function actionsOf(state: JobState, hasTaker: boolean): readonly TroubleAction[] {
  const here = actionsHere(state);
  if (!hasTaker || !needsOtherPlace({ state })) return here;
  // Here the answer would be the same. The menu of its row still has the retry, for a file that was changed.
  return ['send-to', ...here.filter((action) => action !== 'retry')];
}

function actionsHere(state: JobState): readonly TroubleAction[] {
  switch (state.name) {
    case 'paused':
      return ['resume'];
    case 'failed':
    case 'canceled':
      return ['retry'];
    case 'blocked':
      return actionsOfBlock(state.failure);
    default:
      return [];
  }
}

function actionsOfBlock({ code }: Failure): readonly TroubleAction[] {
  switch (code) {
    case 'key-missing':
    case 'key-refused':
      return ['update-key', 'unblock'];
    case 'destination-missing':
      return ['add-destination', 'cancel'];
    case 'file-missing':
      return ['find-file', 'retry', 'cancel'];
    case 'empty-file':
      return ['retry', 'cancel'];
    case 'target-refused':
    case 'bad-answer':
      return ['retry', 'edit-destination'];
    default:
      return consequenceOf(code) === 'block-destination' ? ['unblock', 'edit-destination'] : ['retry'];
  }
}

/** Whether a failure's message is what the service itself said, and not what this computer saw. */
export const isOfTheService = ({ code, facts }: Failure): boolean =>
  facts.status !== undefined || ['asset-failed', 'flow-run-failed', 'rejected'].includes(code);
