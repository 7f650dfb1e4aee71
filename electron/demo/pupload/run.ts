/**
 * One flow run through time. Nothing ticks here: what the controller would have done since the last look is done when
 * somebody looks, event by event and in order, so a run costs nothing while nobody asks.
 */
import { z } from 'zod';
import type { Plan, Step } from './flow.ts';
import { flowSchema, taskOf, taskSchema } from './flow.ts';

const artifactSchema = z.object({ StoreName: z.string(), ObjectName: z.string(), EdgeName: z.string() });
export type Artifact = z.infer<typeof artifactSchema>;

const waitingSchema = z.object({ artifact: artifactSchema, putUrl: z.string(), expiresAt: z.number() });
const stepStateSchema = z.object({
  status: z.enum(['IDLE', 'RUNNING', 'RETRYING', 'COMPLETE', 'ERROR']),
  error: z.string(),
  attempt: z.number(),
  maxAttempts: z.number(),
  /** When the attempt that runs will be over. */
  endsAt: z.number().nullable(),
  willFailWith: z.string().nullable(),
  logs: z.array(z.object({ at: z.number(), level: z.string(), message: z.string() })),
});
export const runSchema = z.object({
  id: z.string(),
  plan: z.object({
    name: z.string(),
    timeoutMs: z.number().nullable(),
    steps: flowSchema.shape.Steps,
    tasks: z.array(taskSchema),
    wells: flowSchema.shape.DataWells,
    defaultWell: flowSchema.shape.DefaultDataWell.transform((well) => well ?? null),
    buckets: z.record(z.string(), z.string()),
  }),
  status: z.enum(['WAITING', 'COMPLETE', 'ERROR']),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  waiting: z.array(waitingSchema),
  artifacts: z.record(z.string(), artifactSchema),
  steps: z.record(z.string(), stepStateSchema),
});
export type Run = z.infer<typeof runSchema>;
type StepState = z.infer<typeof stepStateSchema>;

/** The controller's habits and what it can see and do; the effects of a run. */
export interface Controller {
  /** It takes a new run up at its next sync on this grid… */
  readonly syncMs: number;
  /** …and then looks at it this often. */
  readonly tickMs: number;
  readonly stepMs: number;
  readonly finalOutputs: 'waiting' | 'artifacts';
  /** When the object came to be; null: it is not there. */
  storedAt(artifact: Artifact, plan: Plan): number | null;
  /** Why the worker refuses an input of a step; null: it takes it. */
  refuseInput(step: Step, artifacts: Run['artifacts'], plan: Plan): string | null;
  /** A fault that makes the step fail. */
  takeFailure(): string | null;
  /** A place for a step's output, presigned. */
  outputTarget(run: Run, edge: string): Run['waiting'][number];
  /** The worker put the step's output there. */
  writeOutput(step: Step, run: Run, artifact: Artifact, at: number): void;
}

interface Event {
  readonly at: number;
  readonly apply: (run: Run) => Run;
}

/** The first look, inside the start request: what is in the bucket already counts as uploaded at once. */
export function begin(run: Run, controller: Controller): Run {
  const seen = run.waiting.filter(({ artifact }) => controller.storedAt(artifact, run.plan) !== null);
  const noticed = seen.reduce((before, { artifact }) => notice(before, artifact), run);
  return startReady(noticed, controller, run.startedAt);
}

/** The run as it is at `now`. */
export function advance(run: Run, controller: Controller, now: number): Run {
  let current = run;
  while (current.status === 'WAITING') {
    const next = nextEvent(current, controller);
    if (next === null || next.at > now) break;
    current = next.apply(current);
  }
  return current;
}

/** When the controller looks next, at or after a moment: at its next sync for the first time, then on its ticks. */
export function tickAt(
  run: Pick<Run, 'startedAt'>,
  controller: Pick<Controller, 'syncMs' | 'tickMs'>,
  at: number,
): number {
  const pickedUpAt = (Math.floor(run.startedAt / controller.syncMs) + 1) * controller.syncMs;
  if (at <= pickedUpAt) return pickedUpAt;
  return pickedUpAt + Math.ceil((at - pickedUpAt) / controller.tickMs) * controller.tickMs;
}

function nextEvent(run: Run, controller: Controller): Event | null {
  const events: Event[] = [];
  for (const entry of run.waiting) {
    const storedAt = controller.storedAt(entry.artifact, run.plan);
    if (storedAt === null) continue;
    const at = tickAt(run, controller, storedAt);
    events.push({ at, apply: (before) => startReady(notice(before, entry.artifact), controller, at) });
  }
  for (const step of run.plan.steps) {
    const endsAt = run.steps[step.ID]?.endsAt ?? null;
    if (endsAt !== null)
      events.push({ at: endsAt, apply: (before) => endAttempt(before, step, controller, endsAt) });
  }
  if (run.plan.timeoutMs !== null) {
    const at = tickAt(run, controller, run.startedAt + run.plan.timeoutMs);
    events.push({ at, apply: (before) => ({ ...before, status: 'ERROR', endedAt: at }) });
  }
  return events.reduce<Event | null>(
    (first, event) => (first === null || event.at < first.at ? event : first),
    null,
  );
}

/** An object was seen in the bucket: its edge moves from WaitingURLs to Artifacts. */
function notice(run: Run, artifact: Artifact): Run {
  return {
    ...run,
    waiting: run.waiting.filter((entry) => entry.artifact.EdgeName !== artifact.EdgeName),
    artifacts: { ...run.artifacts, [artifact.EdgeName]: artifact },
  };
}

/** Starts every step whose inputs are all there; its output URLs join the same WaitingURLs as the uploads. */
function startReady(run: Run, controller: Controller, at: number): Run {
  let current = run;
  for (const step of run.plan.steps) {
    const isReady = step.Inputs.every(({ Edge }) => current.artifacts[Edge] !== undefined);
    if (!isReady || current.steps[step.ID]?.status !== 'IDLE') continue;
    const outputs = step.Outputs.map(({ Edge }) => controller.outputTarget(current, Edge));
    current = beginAttempt({ ...current, waiting: [...current.waiting, ...outputs] }, step, controller, at);
  }
  return current;
}

function beginAttempt(run: Run, step: Step, controller: Controller, at: number): Run {
  const state = stateOf(run, step);
  const willFailWith = controller.refuseInput(step, run.artifacts, run.plan) ?? controller.takeFailure();
  return withStep(run, step, {
    ...state,
    status: state.attempt === 0 ? 'RUNNING' : 'RETRYING',
    attempt: state.attempt + 1,
    maxAttempts: Math.max(1, taskOf(step, run.plan.tasks)?.MaxAttempts ?? 3),
    endsAt: at + controller.stepMs,
    willFailWith,
    logs: [...state.logs, { at, level: 'info', message: `attempt ${state.attempt + 1} started` }],
  });
}

function endAttempt(run: Run, step: Step, controller: Controller, at: number): Run {
  const state = { ...stateOf(run, step), endsAt: null };
  if (state.willFailWith !== null) {
    const error = state.willFailWith;
    const failed = { ...state, error, logs: [...state.logs, { at, level: 'error', message: error }] };
    if (state.attempt < state.maxAttempts)
      return beginAttempt(withStep(run, step, failed), step, controller, at);
    return { ...withStep(run, step, { ...failed, status: 'ERROR' }), status: 'ERROR', endedAt: at };
  }
  for (const { Edge } of step.Outputs) {
    const output = run.waiting.find(({ artifact }) => artifact.EdgeName === Edge)?.artifact;
    if (output !== undefined) controller.writeOutput(step, run, output, at);
  }
  const done = withStep(run, step, { ...state, status: 'COMPLETE' });
  if (!Object.values(done.steps).every(({ status }) => status === 'COMPLETE')) return done;
  // The run is COMPLETE before the bucket is looked at again: the last outputs are still among the WaitingURLs.
  const seen =
    controller.finalOutputs === 'waiting'
      ? done
      : done.waiting.reduce((before, { artifact }) => notice(before, artifact), done);
  return { ...seen, status: 'COMPLETE', endedAt: at };
}

function stateOf(run: Run, step: Step): StepState {
  return run.steps[step.ID] ?? idleState;
}

function withStep(run: Run, step: Step, state: StepState): Run {
  return { ...run, steps: { ...run.steps, [step.ID]: state } };
}

export const idleState: StepState = {
  status: 'IDLE',
  error: '',
  attempt: 0,
  maxAttempts: 0,
  endsAt: null,
  willFailWith: null,
  logs: [],
};
