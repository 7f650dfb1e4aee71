/** Lets one file meet one fault, beside a file of another service, and sees both through to their ends. */
import { expect } from 'vitest';
import type { DemoFaults, FaultName, Stage } from '#demo';
import { type ProviderKind, providerKinds } from '#shared/destination.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { TimelineEntry, UploadJob } from '#shared/job.ts';
import { between, type FaultBench, problemOfTexts, secretIn } from './fault-bench.ts';

/** What becomes of the file while the fault is there. */
export interface End {
  /** `held`: the destination waits, and goes on by itself when the fault is over. */
  readonly state: 'completed' | 'failed' | 'blocked' | 'held';
  readonly code?: FailureCode;
  readonly attempts: number;
  readonly renewals?: number;
  /** Bodies that the store received in all, the recovery afterwards included; 1 unless the service forced more. */
  readonly bodies?: number;
  /** Assets that the service counts in the end; 1 unless it counts otherwise. */
  readonly assets?: number;
  /** Assets beyond the first that the service forced: it forgot what it had. */
  readonly forced?: number;
  /** Something that the timeline must say. */
  readonly says?: RegExp;
}

export const completed = (attempts: number, more: Partial<End> = {}): End => ({
  state: 'completed',
  attempts,
  ...more,
});
export const failed = (code: FailureCode, more: Partial<End> = {}): End => ({
  state: 'failed',
  code,
  attempts: 8,
  ...more,
});
export const blocked = (code: FailureCode, more: Partial<End> = {}): End => ({
  state: 'blocked',
  code,
  attempts: 0,
  ...more,
});
export const held = (code: FailureCode, more: Partial<End> = {}): End => ({
  state: 'held',
  code,
  attempts: 0,
  ...more,
});

export interface MetFault {
  readonly kind: ProviderKind;
  readonly fault: FaultName;
  readonly value: unknown;
  readonly stage: Stage;
  /** Other faults that belong to it. */
  readonly also?: Partial<DemoFaults> | undefined;
  /** Of the destination that meets it. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** How many requests meet it; null: all. */
  readonly first: number | null;
  readonly end: End;
  readonly sizeBytes: number;
}

/** More requests than any of these ends needs, and far fewer than a loop makes. */
const mostRequests = 120;

export async function meetFault(bench: FaultBench, met: MetFault): Promise<void> {
  try {
    await meet(bench, met);
  } finally {
    bench.calm();
  }
}

async function meet(bench: FaultBench, met: MetFault): Promise<void> {
  const { engine, demo } = bench;
  const { kind, fault, value, stage, first, end } = met;
  const id = await bench.destination(kind, met.options);
  const neighbour = await bench.add(neighbourOf(kind), [await bench.file(3000)]);
  const start = bench.seen(kind);
  const scoped = { value, dialect: kind, stage, ...(first === null ? {} : { first }) };
  demo.setFaults({ [fault]: scoped, ...met.also } as Partial<DemoFaults>);

  const [jobId = 0] = await bench.add(id, [await bench.file(met.sizeBytes)]);
  const ids = [jobId];
  if (end.state === 'held') await seeHold(bench, id, kind, start.rejected, end);
  else await bench.settled(ids);

  const { job, timeline } = await engine.getJob(jobId);
  if (end.state !== 'held') {
    const code = 'failure' in job.state ? job.state.failure?.code : undefined;
    expect({ state: job.state.name, code, attempts: job.attempts, renewals: job.renewals }).toEqual({
      state: end.state,
      code: end.code,
      attempts: end.attempts,
      renewals: end.renewals ?? 0,
    });
  }
  expect(between(start, bench.seen(kind)).requests).toBeLessThanOrEqual(mostRequests);
  expectTimeline(timeline, job);
  if (end.says !== undefined) expect(wordsOf(timeline)).toMatch(end.says);

  // The fault is over: whatever it did, the file gets there, and nothing is there twice.
  bench.calm();
  if (job.state.name === 'blocked' || job.state.name === 'failed') {
    await engine.unblockDestination(id);
    await engine.retryJobs({ ids });
  }
  const [last] = await bench.settled(ids);
  expect(last?.state.name).toBe('completed');
  if (end.state === 'held') expect(last?.attempts).toBe(end.attempts);
  const counted = between(start, bench.seen(kind));
  expect({ assets: counted.assets, bodies: counted.bodies }).toEqual({
    assets: end.assets ?? 1,
    bodies: end.bodies ?? 1,
  });
  await bench.census({ forced: end.forced ?? 0 });
  expect(await bench.holdOf(id)).toBe(null);

  const [other] = await bench.settled(neighbour);
  expect([other?.state.name, other?.attempts, other?.renewals]).toEqual(['completed', 0, 0]);
  expect(secretIn(await bench.said(jobId), demo)).toBe(null);
  expect(demo.stats().leakedCredentials).toBe(0);
  await engine.removeDestination(id);
}

/** The hold is seen, says why, and its waits are those of somebody polite: three refusals are waited for. */
async function seeHold(bench: FaultBench, id: string, kind: ProviderKind, from: number, end: End) {
  const hold = await bench.untilHeld(id, () => bench.seen(kind).rejected - from >= 3);
  expect(hold.failure?.code).toBe(end.code);
  expect(hold.failure === null ? 'no failure' : problemOfTexts(hold.failure)).toBe(null);
  expect(hold.until).not.toBe(null);
}

function expectTimeline(timeline: readonly TimelineEntry[], { attempts, renewals, state }: UploadJob) {
  expect(chargedIn(timeline)).toBe(attempts);
  // The one that was one too many is told as the block that it led to.
  const last = state.name === 'blocked' && renewals > 0 ? 1 : 0;
  expect(timeline.filter(({ kind }) => kind === 'expired')).toHaveLength(renewals - last);
  for (const { failure } of timeline) if (failure !== undefined) expect(problemOfTexts(failure)).toBe(null);
}

/** A try in doubt counts if it proved to be in vain: it is told by the wait that follows, like any other failure. */
function chargedIn(timeline: readonly TimelineEntry[]): number {
  return timeline.filter(
    ({ kind, failure }) => (kind === 'waiting' || kind === 'failed') && failure !== undefined,
  ).length;
}

function wordsOf(timeline: readonly TimelineEntry[]): string {
  return timeline
    .map(
      ({ kind, note, failure }) => `${kind} ${note ?? ''} ${failure?.code ?? ''} ${failure?.message ?? ''}`,
    )
    .join('\n');
}

/** A service that has nothing to do with the fault. */
function neighbourOf(kind: ProviderKind): string {
  const index = providerKinds.indexOf(kind);
  return `demo-${providerKinds[(index + 1) % providerKinds.length]}`;
}

/** One fault at some stages: for a while, and for as long as it lasts. */
export interface FaultRow {
  readonly fault: FaultName;
  readonly value: unknown;
  readonly at: readonly Stage[];
  /** Met by the first request only. */
  readonly once?: End;
  /** Met by every request. */
  readonly ever?: End;
  /** Where a dialect ends otherwise, by `dialect stage`; null: this one does not apply there. */
  readonly but?: Readonly<Record<string, { readonly once?: End | null; readonly ever?: End | null }>>;
  readonly sizeBytes?: number;
  readonly also?: (kind: ProviderKind) => Partial<DemoFaults>;
  /** Which service plays it; absent: all. */
  readonly kinds?: readonly ProviderKind[];
  /** What the name of the test says beside the fault. */
  readonly about?: string;
}

/** Where a dialect has requests of its own; a stage that is passed only on the way of a recovery is left out. */
const stagesOf: Readonly<Record<ProviderKind, readonly Stage[]>> = {
  runflow: ['reserve', 'upload', 'complete'],
  flora: ['reserve', 'upload', 'complete', 'poll'],
  cyberun: ['reserve', 'upload'],
  pupload: ['reserve', 'upload', 'poll'],
};

/** The rows of one dialect, one by one, with a name for each. */
export function casesOf(
  kind: ProviderKind,
  rows: readonly FaultRow[],
): readonly (MetFault & { readonly name: string })[] {
  return rows
    .filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
    .flatMap((row) =>
      row.at
        .filter((stage) => stagesOf[kind].includes(stage))
        .flatMap((stage) => [...caseOf(kind, row, stage, 'once'), ...caseOf(kind, row, stage, 'ever')]),
    );
}

function caseOf(
  kind: ProviderKind,
  row: FaultRow,
  stage: Stage,
  often: 'once' | 'ever',
): readonly (MetFault & { readonly name: string })[] {
  const { fault, value, sizeBytes = 4000, also } = row;
  const own = row.but?.[`${kind} ${stage}`]?.[often];
  const end = own === undefined ? row[often] : own;
  if (end === undefined || end === null) return [];
  const said = [fault, value === true ? '' : JSON.stringify(value), row.about ?? ''].filter(
    (part) => part !== '',
  );
  const name = `${said.join(' ')} at ${stage}, ${often === 'once' ? 'once' : 'for ever'}`;
  return [
    {
      kind,
      fault,
      value,
      stage,
      first: often === 'once' ? 1 : null,
      end,
      sizeBytes,
      also: also?.(kind),
      name,
    },
  ];
}
