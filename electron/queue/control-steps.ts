/** The short requests after the bytes: inspect what is there, tell that it is complete, poll until it is ready. */
import type { Completion } from '#ports/provider.ts';
import type { StoredState } from '#ports/stored-job.ts';
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
      return { type: 'inspected', found: 'missing', reservation: inspection.reservation };
  }
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
