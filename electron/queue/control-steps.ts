/** The short requests after the bytes: inspect what is there, tell that it is complete, poll until it is ready. */
import type { Completion } from '#ports/provider.ts';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import { failure } from '#shared/failure.ts';
import { backoffMs } from './backoff.ts';
import type { JobEvent } from './events.ts';
import type { Run } from './run.ts';
import { outgoing, readyDestination, type StepContext } from './step-context.ts';

export async function inspectStep(
  context: StepContext,
  run: Run,
  state: Extract<StoredState, { name: 'inspecting' }>,
): Promise<JobEvent> {
  const { provider, call } = await readyDestination(context, run);
  const inspection = await provider.inspect(state.reservation, outgoing(run.job), call);
  switch (inspection.found) {
    case 'arrived':
      return { type: 'inspected', found: 'arrived', keepsCharge: !context.doubts.delete(run.job.id) };
    case 'completed':
      return {
        type: 'inspected',
        found: 'completed',
        asset: inspection.asset,
        keepsCharge: !context.doubts.delete(run.job.id),
      };
    case 'missing':
      return {
        type: 'inspected',
        found: 'missing',
        reservation: inspection.reservation,
        ...whenToSendAgain(context, run.job),
      };
  }
}

/** Whoever is told to wait longer than all others asks once an hour: a far time is taken for one of a wrong clock. */
const longestPollMs = 3_600_000;

/**
 * Bytes that never arrive must not go round for ever: a try that ended in doubt cost an attempt, and waits like any other
 * now that it was in vain. Where the doubt came from elsewhere (a stop of our own, an error that was waited for), at once.
 */
function whenToSendAgain(context: StepContext, { id, attempts }: StoredJob) {
  const { clock, random } = context.options;
  const seen = context.doubts.get(id);
  context.doubts.delete(id);
  return {
    until: seen === undefined ? null : clock.now() + backoffMs(attempts, null, random),
    failure: seen ?? failure('connection-broken'),
  };
}

export async function completeStep(
  context: StepContext,
  run: Run,
  state: Extract<StoredState, { name: 'completing' }>,
): Promise<JobEvent> {
  const { provider, call } = await readyDestination(context, run);
  const completion = await provider.complete(
    state.reservation,
    outgoing(run.job),
    run.job.wasCompleteTried,
    call,
  );
  return fromCompletion(context, completion);
}

export async function pollStep(
  context: StepContext,
  run: Run,
  state: Extract<StoredState, { name: 'processing' }>,
): Promise<JobEvent> {
  const { provider, call } = await readyDestination(context, run);
  const completion = await provider.poll(state.reservation, outgoing(run.job), state.pollCount, call);
  return fromCompletion(context, completion);
}

function fromCompletion(context: StepContext, completion: Completion): JobEvent {
  if (completion.done) return { type: 'confirmed', asset: completion.asset };
  return {
    type: 'pended',
    pollAt: context.options.clock.now() + Math.min(completion.pollAfterMs, longestPollMs),
    reservation: completion.reservation ?? null,
  };
}
