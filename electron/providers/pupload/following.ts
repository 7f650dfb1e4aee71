/** Follows a flow run: whether the bytes were seen, whether it has ended, and what it made. */
import type { Completion, Inspection } from '#ports/provider.ts';
import type { Reservation } from '#ports/reservation.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Asset } from '#shared/asset.ts';
import { waitFor } from '../waiting.ts';
import { learn, type RunMemo, readMemo, writeMemo } from './memo.ts';
import { failedRun, type PuploadCall, readRun } from './run.ts';

/** The command line and the documents of Pupload ask every 2 s. */
const pollMs = 2000;
/** A new run is picked up within 10 s and then looked at every second (v0.0.1: every 10 s): 20 s show nothing new. */
const looksBeforeMissing = 10;
/** As long as before a store's 2xx is doubted: three times the slowest look of a controller. */
const pollsBeforeUnseen = 15;
/** A finished run can be read for 10 minutes; in v0.0.1 only until the next look of the controller. */
const runLifeMs: Readonly<Record<RunMemo['dialect'], number>> = { A: 10_000, B: 600_000, C: 600_000 };

export async function inspectRun(
  reservation: Reservation,
  call: PuploadCall,
  pollScale: number,
): Promise<Inspection> {
  const memo = readMemo(reservation);
  for (let look = 1; ; look += 1) {
    const run = await readRun(reservation.remoteId, call);
    // Gone for a run that was there: it has ended, with these bytes or without them. A new run needs all its files.
    if (run === null) {
      call.note(
        'The controller does not know the flow run any more: a new one is started, with all its files.',
      );
      return { found: 'missing', reservation: null };
    }
    if (run.status === 'ERROR') throw failedRun(run);
    if (run.status === 'COMPLETE')
      return {
        found: 'completed',
        asset: assetOf(reservation, learn(memo, run), call, runLifeMs[memo.dialect]),
      };
    if (run.artifacts.has(memo.edge)) return { found: 'arrived' };
    if (look > looksBeforeMissing) return { found: 'missing' };
    await waitFor(pollMs * pollScale, call.signal);
  }
}

/** `pollCount` is 0 right after the bytes were taken. */
export async function followRun(
  reservation: Reservation,
  pollCount: number,
  call: PuploadCall,
  pollScale: number,
): Promise<Completion> {
  const before = readMemo(reservation);
  const run = await readRun(reservation.remoteId, call);
  const memo = learn(before, run);
  if (run === null) {
    call.note('The flow run has ended and its result has expired: how it ended is not known.');
    return { done: true, asset: assetOf(reservation, memo, call, 0) };
  }
  if (run.status === 'ERROR') throw failedRun(run);
  if (run.status === 'COMPLETE')
    return { done: true, asset: assetOf(reservation, memo, call, runLifeMs[memo.dialect]) };
  const isUnseen =
    !run.artifacts.has(memo.edge) && run.waiting.some(({ artifact }) => artifact.edge === memo.edge);
  if (isUnseen && pollCount >= pollsBeforeUnseen)
    throw new UploadError(
      'not-arrived',
      `The store took the file, but the controller does not see it on edge "${memo.edge}".`,
      { facts: { edge: memo.edge } },
    );
  return {
    done: false,
    pollAfterMs: pollMs * pollScale,
    ...(memo === before ? {} : { reservation: { ...reservation, memo: writeMemo(memo) } }),
  };
}

function assetOf(reservation: Reservation, memo: RunMemo, call: PuploadCall, lifeMs: number): Asset {
  return {
    id: reservation.remoteId,
    link: runUrl(call.destination.baseUrl, reservation.remoteId),
    linkKind: 'run',
    linkExpiresAt: call.now() + lifeMs,
    hasFreshUrl: false,
    confirmedBytes: null,
    artifacts: [{ edge: memo.edge, store: memo.store, object: memo.object }, ...memo.outputs],
  };
}

function runUrl(baseUrl: string, runId: string): string {
  return `${baseUrl}/flow/status/${encodeURIComponent(runId)}`;
}
