/**
 * Drives one run from step to step: does the step, commits what came of it, goes on while the job is in a state that
 * runs. Whatever ends a run ends here, on disk.
 */

import type { StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import { consequenceOf, failure } from '#shared/failure.ts';
import type { StateName } from '#shared/job.ts';
import { redact } from '#shared/redact.ts';
import { throttleDelayMs } from './backoff.ts';
import { type DestinationNews, type Outcome, outcomeOfFailure } from './consequence.ts';
import { completeStep, inspectStep, pollStep } from './control-steps.ts';
import type { JobEvent } from './events.ts';
import type { Ledger } from './ledger.ts';
import { type MemberEvent, reserveStep } from './reserve-step.ts';
import type { Lane, Run } from './run.ts';
import type { StepContext } from './step-context.ts';
import { uploadStep } from './upload-step.ts';

export interface DriveOptions {
  readonly context: StepContext;
  readonly ledger: Ledger;
  /** Takes a data lane for this run if one is free right now. */
  readonly claimDataLane: (run: Run) => boolean;
  readonly changeLane: (run: Run, lane: Lane) => void;
  readonly hear: (news: DestinationNews) => void;
  /** Members that hold a reservation and no lane yet. */
  readonly holdAhead: (jobs: readonly StoredJob[]) => void;
  readonly arrived: (job: StoredJob) => void;
  /** More bytes than any try of this job before? */
  readonly hasProgressed: (job: StoredJob, bytesSent: number) => boolean;
  /** The job lost its reservation: the others of its flow run need a new run, too. */
  readonly regroup: (job: StoredJob, remoteId: string) => void;
  /** A job of a flow run that is not ready after many polls. */
  readonly review: (job: StoredJob) => void;
}

/** Resolves when the run has come to rest and its last state is on disk. Never rejects for what a job met. */
export async function drive(run: Run, options: DriveOptions): Promise<void> {
  while (await step(run, options)) {
    // Each round is one step of the job's life.
  }
  // An event that did not apply moved nothing: no row may stay in a state that runs when its run has ended.
  const left = run.members.filter((job) => runningStates.has(job.state.name));
  if (left.length === 0) return;
  const resume = run.resumePoint();
  await settle(
    run,
    options,
    left.map((job) => ({ job, event: { type: 'interrupted', resume } })),
  );
}

const runningStates: ReadonlySet<StateName> = new Set(['reserving', 'inspecting', 'uploading', 'completing']);

async function step(run: Run, options: DriveOptions): Promise<boolean> {
  const { interruption } = run;
  if (interruption !== null) {
    await settle(
      run,
      options,
      run.members.map((job) => ({ job, event: run.eventFor(interruption, job.id) })),
    );
    return false;
  }
  const { context } = options;
  const { state } = run.job;
  switch (state.name) {
    case 'reserving':
      return reserve(run, options);
    case 'inspecting':
      return settleControl(
        run,
        options,
        await attempt(run, context, async () => fine(await inspectStep(context, run, state))),
      );
    case 'uploading':
      return upload(run, options, state);
    case 'completing':
      options.changeLane(run, 'control');
      return settleControl(
        run,
        options,
        await attempt(run, context, async () => fine(await completeStep(context, run, state))),
      );
    case 'processing':
      await settleOne(
        run,
        options,
        await attempt(run, context, async () => fine(await pollStep(context, run, state))),
      );
      return false;
    default:
      return false;
  }
}

const pollsPerReview = 20;

const fine = (event: Outcome['event']): Outcome => ({ event, news: { kind: 'fine' } });

async function reserve(run: Run, options: DriveOptions): Promise<boolean> {
  let events: readonly MemberEvent[] = [];
  const outcome = await attempt(run, options.context, async () => {
    const isAhead = () => run.members.length > 1 || !options.claimDataLane(run);
    events = await reserveStep(options.context, run, run.members, isAhead);
    return {
      event: { type: 'due' },
      news: { kind: events.some(({ event }) => event.type === 'reserved') ? 'fine' : 'none' },
    };
  });
  tellNews(run, options, outcome.news);
  leaveControl(run, options);
  const { interruption } = run;
  const jobs = await settle(
    run,
    options,
    events.length > 0
      ? events
      : run.members.map((job) => ({
          job,
          event:
            interruption === null ? waitAlone(run, options, outcome) : run.eventFor(interruption, job.id),
        })),
  );
  if (jobs === null) return false;
  options.holdAhead(jobs.filter((job) => job.state.name === 'queued' && job.state.step === 'upload'));
  return run.members.length === 1;
}

async function upload(
  run: Run,
  options: DriveOptions,
  state: Extract<StoredJob['state'], { name: 'uploading' }>,
): Promise<boolean> {
  const { context } = options;
  options.changeLane(run, 'data');
  const outcome = await attempt(run, context, () =>
    uploadStep(context, run, state.reservation, (bytesSent) => options.hasProgressed(run.job, bytesSent)),
  );
  if (outcome.event.type === 'uploaded') {
    options.arrived(run.job);
    // Its bytes are there: the next file's go while this is written down.
    options.changeLane(run, 'control');
  }
  return settleOne(run, options, outcome);
}

function tellNews(run: Run, { hear }: DriveOptions, news: DestinationNews): void {
  const { askedAt } = run;
  const during = run.job.state.name;
  hear(news.kind === 'throttled' || news.kind === 'fine' ? { ...news, during, askedAt } : news);
}

/**
 * A job that was refused while its destination goes on waits by itself, as the documents of the services ask for. The files
 * of a flow run go on together.
 */
function waitAlone(run: Run, { context }: DriveOptions, { event, news }: Outcome): JobEvent {
  const { destinationId, groupId } = run.job;
  if (event.type !== 'interrupted' || news.kind !== 'throttled') return event;
  if (groupId !== null || context.isThrottled(destinationId)) return event;
  const { clock, random } = context.options;
  return { ...event, until: clock.now() + throttleDelayMs(1, random) };
}

/** The request is over: another may go while this is written down. */
function leaveControl(run: Run, { changeLane }: DriveOptions): void {
  if (run.lane === 'control') changeLane(run, 'none');
}

async function settleControl(run: Run, options: DriveOptions, outcome: Outcome): Promise<boolean> {
  leaveControl(run, options);
  return settleOne(run, options, outcome);
}

async function settleOne(run: Run, options: DriveOptions, outcome: Outcome): Promise<boolean> {
  tellNews(run, options, outcome.news);
  const before = run.job.state;
  const jobs = await settle(run, options, [{ job: run.job, event: waitAlone(run, options, outcome) }]);
  return jobs !== null && run.job.state !== before;
}

/** Commits; answers null where somebody else wrote one of the rows, which ends the run. */
async function settle(
  run: Run,
  options: DriveOptions,
  events: readonly MemberEvent[],
): Promise<readonly StoredJob[] | null> {
  return run.inTurn(async () => {
    const steps = events.map(({ job, event }) => ({ job: run.memberOf(job.id) ?? job, event }));
    const jobs = await options.ledger.commit(steps, run.takeRecord());
    if (jobs === null) return null;
    run.keep(jobs);
    for (const [index, { job: before, event }] of steps.entries()) {
      const after = jobs[index];
      if (after === undefined) continue;
      tellGroup(before, after, options);
      const { interruption } = run;
      if (interruption?.jobId === after.id && interruption.event.type === event.type) run.taken = after;
    }
    return jobs;
  });
}

function tellGroup(before: StoredJob, after: StoredJob, options: DriveOptions): void {
  if (before.groupId === null || !('reservation' in before.state) || before.state.reservation === null)
    return;
  const { state } = after;
  if (state.name === 'processing' && state.pollCount % pollsPerReview === 0) options.review(after);
  // A run that failed as a whole tells each of its jobs so by itself.
  if (state.name === 'failed' && consequenceOf(state.failure.code) === 'fail') return;
  // Also one that is blocked or has failed there: the run it had can never get all its files.
  const wantsNewRun = 'step' in state && state.step === 'reserve' && before.state.name !== 'reserving';
  if (wantsNewRun) options.regroup(after, before.state.reservation.remoteId);
}

/** Runs one step; whatever it throws becomes an outcome. */
async function attempt(run: Run, context: StepContext, work: () => Promise<Outcome>): Promise<Outcome> {
  const { destinationId } = run.job;
  const lifts = context.liftsOf(destinationId);
  const outcome = await attemptOnce(run, context, work);
  // Another key was given while the old one was refused: nobody is asked for a key again, the job goes with the new one.
  if (outcome.news.kind !== 'blocked' || context.liftsOf(destinationId) === lifts) return outcome;
  return { event: { type: 'interrupted', resume: run.resumePoint() }, news: { kind: 'none' } };
}

async function attemptOnce(run: Run, context: StepContext, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    const { interruption } = run;
    if (interruption !== null)
      return { event: run.eventFor(interruption, run.job.id), news: { kind: 'none' } };
    const seen = error instanceof UploadError ? error.failure : failure('internal', describe(error));
    return outcomeOfFailure(seen, {
      job: run.job,
      now: context.options.clock.now(),
      random: context.options.random,
      retryAfterMs: error instanceof UploadError ? error.retryAfterMs : null,
      leastDelayMs: error instanceof UploadError ? error.leastDelayMs : null,
      hasProgressed: false,
      resume: run.resumePoint(),
    });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? redact(`${error.name}: ${error.message}`) : 'unknown error';
}
