/** Sends the bytes of one job to its target and reads how it ended. */

import type { Provider, ProviderCall, Verdict } from '#ports/provider.ts';
import type { Reservation } from '#ports/reservation.ts';
import type { Rejection, TransferOutcome } from '#ports/transfer.ts';
import { consequenceOf, type Failure, failure } from '#shared/failure.ts';
import { backoffMs } from './backoff.ts';
import { type Outcome, outcomeOfFailure } from './consequence.ts';
import type { ResumePoint } from './events.ts';
import {
  cannotFit,
  endsBeforeTheTransfer,
  mustRenewBeforeSending,
  refusedEarly,
  renewalDelayMs,
  ttlOf,
} from './renewal.ts';
import type { Run } from './run.ts';
import { missingEvent, tornEvent } from './source-check.ts';
import { readyDestination, type StepContext } from './step-context.ts';

export async function uploadStep(
  context: StepContext,
  run: Run,
  reservation: Reservation,
  hasProgressed: (bytesSent: number) => boolean,
): Promise<Outcome> {
  const { options } = context;
  const { provider, destination, call } = await readyDestination(context, run);
  await context.turn(run);
  const facts = context.facts.of(destination.id);
  const startedAt = options.clock.now();
  if (mustRenewBeforeSending(reservation, startedAt, run.isTargetFresh)) {
    // The members of a flow run wait for each other's lanes: one whose time never comes cannot fit.
    return expired(context, run, reservation, { wasTried: run.job.groupId !== null });
  }
  if (
    mayRenewUnasked(run) &&
    endsBeforeTheTransfer(reservation, startedAt, run.isTargetFresh, { ...facts, ...run.job.file })
  ) {
    run.note('The upload link would run out before the end of the transfer.');
    return expired(context, run, reservation, { wasTried: false });
  }
  run.hasBegun = true;
  const outcome = await options.transfer.send({
    path: run.job.path,
    expected: run.job.file,
    fileName: run.job.name,
    mimeType: run.job.mimeType,
    target: reservation.target,
    followSymlink: run.job.origin === 'manual',
    allowPlainHttp: provider.allowsPlainHttp,
    signal: run.signal,
    onProgress: (bytesSent) => run.progress(bytesSent),
    onExchange: (exchange) => run.noteExchange(exchange),
  });
  run.isTargetFresh = false;
  run.bytesSent = Math.max(run.bytesSent, outcome.bytesSent);
  switch (outcome.kind) {
    case 'stored': {
      learnSpeed(context, run, facts.bytesPerSecond);
      if (reservation.expiresAt !== undefined && options.clock.now() > reservation.expiresAt) {
        context.facts.learn(destination.id, { checksAtEnd: false });
      }
      return { event: { type: 'uploaded', sha256: outcome.sha256 }, news: { kind: 'fine' } };
    }
    case 'rejected':
      return rejected(context, run, provider, reservation, outcome, startedAt, hasProgressed);
    case 'broken':
      return broken(context, run, { provider, call, reservation }, outcome, hasProgressed);
    case 'source':
      return sourceTrouble(context, run, outcome);
  }
}

/**
 * Not while bytes may be at the target that is known: they would go twice. A flow run that is begun anew wants the files
 * of its other edges again, too.
 */
const mayRenewUnasked = ({ job }: Run) => !job.wasDoubted && job.groupId === null;

function rejected(
  context: StepContext,
  run: Run,
  provider: Provider,
  reservation: Reservation,
  outcome: Extract<TransferOutcome, { kind: 'rejected' }>,
  startedAt: number,
  hasProgressed: (bytesSent: number) => boolean,
): Outcome {
  const { rejection } = outcome;
  const verdict = provider.judge(rejection, {
    reservation,
    wasDoubted: run.job.wasDoubted,
    signatureRefusedBefore: run.job.wasSignatureRefused,
    sizeBytes: run.job.file.sizeBytes,
    now: context.options.clock.now(),
  });
  if (verdict.kind === 'expired') {
    const beganInTime = reservation.expiresAt === undefined || startedAt < reservation.expiresAt;
    if (beganInTime && outcome.bytesSent > 0 && outcome.allBytesGiven) {
      context.facts.learn(run.job.destinationId, { checksAtEnd: true });
    }
    return expired(context, run, reservation, { wasTried: true, rejection, startedAt });
  }
  return fromVerdict(
    context,
    run,
    verdict,
    rejection,
    outcome.allBytesGiven,
    hasProgressed(outcome.bytesSent),
  );
}

function fromVerdict(
  context: StepContext,
  run: Run,
  verdict: Exclude<Verdict, { kind: 'expired' }>,
  rejection: Rejection,
  allBytesGiven: boolean,
  hasProgressed: boolean,
): Outcome {
  const now = context.options.clock.now();
  switch (verdict.kind) {
    case 'arrived':
      run.note('The store has this object already, from an earlier try.');
      return { event: { type: 'uploaded', sha256: null }, news: { kind: 'fine' } };
    case 'doubted':
      context.doubts.set(run.job.id, verdict.failure);
      return { event: { type: 'doubted', hasProgressed }, news: { kind: 'fine' } };
    case 'spent':
      // One fresh target is asked for at once, further ones are waited for; the attempts that they cost bound this.
      return {
        event: {
          type: 'failed',
          failure: verdict.failure,
          until:
            run.job.attempts === 0 ? now : now + backoffMs(run.job.attempts, null, context.options.random),
          hasProgressed: false,
          resume: 'renew',
        },
        news: { kind: 'fine' },
      };
    case 'failed': {
      // A store that asks to slow down has looked at nothing; after any other 5xx the bytes may be there all the same.
      const mayHaveLanded =
        allBytesGiven && rejection.status >= 500 && consequenceOf(verdict.failure.code) === 'retry';
      return outcomeOfFailure(verdict.failure, {
        job: run.job,
        now,
        random: context.options.random,
        retryAfterMs: verdict.retryAfterMs,
        hasProgressed,
        resume: mayHaveLanded ? 'inspect' : afterUse(run),
      });
    }
  }
}

async function broken(
  context: StepContext,
  run: Run,
  tried: { readonly provider: Provider; readonly call: ProviderCall; readonly reservation: Reservation },
  outcome: Extract<TransferOutcome, { kind: 'broken' }>,
  hasProgressed: (bytesSent: number) => boolean,
): Promise<Outcome> {
  const { reservation } = tried;
  const now = context.options.clock.now();
  if (outcome.allBytesGiven && run.job.file.sizeBytes > 0) {
    context.doubts.set(run.job.id, outcome.failure);
    const event = { type: 'doubted', hasProgressed: hasProgressed(outcome.bytesSent) } as const;
    return { event, news: { kind: 'failing' } };
  }
  // A reset can eat the answer that would have said "expired".
  if (reservation.expiresAt !== undefined && reservation.expiresAt <= now)
    return expired(context, run, reservation, { wasTried: true });
  return outcomeOfFailure(await storeTrouble(context, run, tried, outcome.failure), {
    job: run.job,
    now: context.options.clock.now(),
    random: context.options.random,
    retryAfterMs: null,
    hasProgressed: hasProgressed(outcome.bytesSent),
    resume: resumeAtStore(run, outcome),
  });
}

/**
 * Every fourth time that a store was not there, the service is asked for another address of it; but not while bytes may
 * be at the one that is known, or they would be there twice.
 */
function resumeAtStore(run: Run, { failure: seen }: { readonly failure: Failure }): ResumePoint {
  const { attempts, wasDoubted } = run.job;
  return seen.code === 'unreachable' && attempts % 4 === 3 && !wasDoubted ? 'renew' : afterUse(run);
}

/**
 * Where the API is heard, it is this store that cannot be reached from here. If it was not heard lately it is asked: else
 * a job whose target leads nowhere would be taken for a dead line, and hold all others for ever.
 */
async function storeTrouble(
  context: StepContext,
  run: Run,
  { provider, call }: { readonly provider: Provider; readonly call: ProviderCall },
  seen: Failure,
): Promise<Failure> {
  if (seen.code !== 'unreachable') return seen;
  const wasHeard = () => context.wasApiHeard(run.job.destinationId);
  if (!wasHeard()) {
    // Whatever it answers, even that the key is bad, is an answer.
    await provider.verify(call).catch(() => {});
    if (run.signal.aborted) throw run.signal.reason;
  }
  return wasHeard() ? failure('target-unreachable', seen.message, seen.facts) : seen;
}

function sourceTrouble(
  context: StepContext,
  run: Run,
  outcome: Extract<TransferOutcome, { kind: 'source' }>,
): Outcome {
  const { options } = context;
  const none = { kind: 'none' } as const;
  switch (outcome.failure.code) {
    case 'file-missing':
      return { event: missingEvent(run.job, options), news: none };
    case 'file-changed':
      return outcome.current === null
        ? { event: missingEvent(run.job, options), news: none }
        : { event: tornEvent(run.job, outcome.current, options.clock.now()), news: none };
    default:
      return outcomeOfFailure(outcome.failure, {
        job: run.job,
        now: options.clock.now(),
        random: options.random,
        retryAfterMs: null,
        hasProgressed: false,
        resume: afterUse(run),
      });
  }
}

function afterUse(run: Run): ResumePoint {
  return run.bytesSent > 0 && !run.isTargetReusable ? 'renew' : 'same';
}

function expired(
  context: StepContext,
  run: Run,
  reservation: Reservation,
  {
    wasTried,
    rejection,
    startedAt,
  }: { readonly wasTried: boolean; readonly rejection?: Rejection; readonly startedAt?: number },
): Outcome {
  const now = context.options.clock.now();
  // Over the whole try: what the socket took lately says little, as the buffers below it take much at once.
  const tookMs = startedAt === undefined ? 0 : now - startedAt;
  const speed =
    tookMs > 0 && run.bytesSent > 0
      ? (run.bytesSent * 1000) / tookMs
      : context.facts.of(run.job.destinationId).bytesPerSecond;
  return {
    event: {
      type: 'expired',
      wasTried,
      until: wasTried ? now + renewalDelayMs(run.job.renewalsInRow + 1) : now,
      now,
      failure:
        (rejection === undefined ? null : refusedEarly(reservation, rejection, now)) ??
        cannotFit(run.job.file.sizeBytes, speed, ttlOf(reservation)),
    },
    news: { kind: 'none' },
  };
}

function learnSpeed(context: StepContext, run: Run, before: number | null): void {
  const seen = run.speed.read();
  if (seen === null || seen <= 0) return;
  const bytesPerSecond = before === null ? seen : before * 0.7 + seen * 0.3;
  context.facts.learn(run.job.destinationId, { bytesPerSecond });
}
