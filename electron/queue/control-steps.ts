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
      return { type: 'inspected', found: 'arrived' };
    case 'completed':
      return { type: 'inspected', found: 'completed', asset: inspection.asset };
    case 'missing':
      return {
        type: 'inspected',
        found: 'missing',
        reservation: inspection.reservation,
        ...whenToSendAgain(context, run.job),
      };
  }
}

/** Bytes that never arrive must not go round for ever: what was doubted cost an attempt, and waits like any other. */
function whenToSendAgain({ options }: StepContext, { attempts, wasDoubted }: StoredJob) {
  const reason = failure(
    'connection-broken',
    'All bytes were sent, no answer came, and the service has none.',
  );
  const isVain = wasDoubted && attempts > 0;
  const until = isVain ? options.clock.now() + backoffMs(attempts, null, options.random) : null;
  return { until, failure: reason };
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
    pollAt: context.options.clock.now() + completion.pollAfterMs,
    reservation: completion.reservation ?? null,
  };
}
