import type { FailureCode } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import type { Step, UploadJob } from '#shared/job.ts';
import { countdown, duration, percent, speed } from '../../words/amounts.ts';
import { passed } from '../../words/passed.ts';
import { uploadsWords } from '../../words/uploads.ts';

const words = uploadsWords.progress;

/** One of the three stage marks: reserve, upload, complete. */
export type Mark = 'done' | 'now' | 'bad' | 'warn' | 'todo';
export type Marks = readonly [Mark, Mark, Mark];

/** What stands in the progress column. */
export type RowProgress =
  /** Bytes are moving. */
  | {
      readonly kind: 'bar';
      readonly percent: number;
      readonly speed: string | null;
      readonly rest: string | null;
      /** Why nothing moves; null while something does. */
      readonly why: string | null;
      /** All of it, spoken. */
      readonly text: string;
    }
  /** `marks` null: it is not known how far it came. */
  | { readonly kind: 'marks'; readonly marks: Marks | null; readonly text: string };

/** What a job waits for, beside itself. */
export interface Surroundings {
  readonly isQueuePaused: boolean;
  readonly hold: DestinationHold | null;
  readonly isFolderGone: boolean;
  /** The engine is: nothing of this is known any more, and nothing moves. */
  readonly isEngineGone: boolean;
}

const inspectedStep: Readonly<Record<Step, 0 | 1 | 2>> = { reserve: 0, inspect: 1, upload: 1, complete: 2 };

export function rowProgress(job: UploadJob, around: Surroundings, now: number): RowProgress {
  const { state } = job;
  /** The step that runs, for as long as somebody runs it. */
  const at = (step: Step, text: string): RowProgress =>
    around.isEngineGone
      ? { kind: 'marks', marks: upTo(step, 'todo'), text: words.gone }
      : { kind: 'marks', marks: upTo(step, 'now'), text };
  const waits = (step: Step, text: string): RowProgress => ({
    kind: 'marks',
    marks: upTo(step, 'todo'),
    text: around.isEngineGone ? words.gone : text,
  });
  switch (state.name) {
    case 'uploading':
      return bar(around.isEngineGone ? { ...job, bytesPerSecond: null, remainingMs: null } : job);
    case 'queued':
      return waits(state.step, whyQueued(state.step, around, now));
    case 'reserving':
      return at('reserve', words.asking);
    case 'inspecting':
      return at('inspect', words.inspecting);
    case 'completing':
      return at('complete', words.bytesAreThere);
    case 'processing':
      return at('complete', words.processing);
    case 'waiting':
      return waits(
        state.step,
        around.isQueuePaused ? words.allPaused : whenNext(state.until, state.failure?.code, now),
      );
    case 'paused':
      return { kind: 'marks', marks: upTo(state.step, 'todo'), text: words.paused };
    case 'blocked':
      return {
        kind: 'marks',
        marks: brokenMarks(state.failure.code, 'warn') ?? upTo(state.step, 'warn'),
        text: '',
      };
    case 'completed':
      return {
        kind: 'marks',
        marks: ['done', 'done', 'done'],
        text: job.completedAt === null ? '' : words.took(passed(Math.max(0, job.completedAt - job.addedAt))),
      };
    case 'failed':
      return {
        kind: 'marks',
        marks: brokenMarks(state.failure.code, 'bad'),
        text: job.attempts > 0 ? words.tries(job.attempts) : '',
      };
    case 'canceled':
      return { kind: 'marks', marks: null, text: '' };
  }
}

function bar({ bytesSent, bytesTotal, bytesPerSecond, remainingMs }: UploadJob): RowProgress {
  const share = percent(bytesSent, bytesTotal);
  // None is known of what has just begun; what rests has filled the buffers on its way.
  const shownSpeed = bytesPerSecond === null ? null : speed(Math.max(0, bytesPerSecond));
  const rest = remainingMs === null ? null : duration(Math.max(1000, remainingMs));
  return {
    kind: 'bar',
    percent: share,
    speed: shownSpeed,
    rest,
    why: bytesPerSecond !== null && bytesPerSecond <= 0 ? words.restingWhy : null,
    text: words.value(share, shownSpeed, rest),
  };
}

function upTo(step: Step, at: Mark): Marks {
  const place = inspectedStep[step];
  const mark = (index: number): Mark => (index < place ? 'done' : index === place ? at : 'todo');
  return [mark(0), mark(1), mark(2)];
}

function whyQueued(step: Step, around: Surroundings, now: number): string {
  if (around.isQueuePaused) return words.allPaused;
  if (around.hold !== null) return whyHeld(around.hold, now);
  if (around.isFolderGone && step === 'reserve') return words.folderGone;
  return step === 'complete' ? words.bytesAreThere : words.freeLane;
}

function whyHeld({ kind, until }: DestinationHold, now: number): string {
  switch (kind) {
    case 'rate-limited':
      return whenNext(until ?? now, 'rate-limited', now);
    case 'unreachable':
      return words.offline;
    case 'blocked':
      return words.destinationBlocked;
    case 'paused':
      return words.destinationPaused;
    case 'disk-full':
      return words.diskFull;
  }
}

function whenNext(until: number, code: FailureCode | undefined, now: number): string {
  if (code === 'unreachable') return words.offline;
  return until > now ? words.nextIn(countdown(until - now)) : words.nextSoon;
}

/** Failures that tell by themselves in which step they happen. */
const stepOfCode: Partial<Record<FailureCode, 0 | 1 | 2>> = {
  stalled: 1,
  'file-changed': 1,
  'keeps-changing': 1,
  'cannot-fit': 1,
  'target-unreachable': 1,
  'signature-refused': 1,
  'store-missing': 1,
  'not-arrived': 2,
  'asset-failed': 2,
  'flow-run-failed': 2,
};

/** Where it broke, whatever step comes next; null: the failure does not tell. */
function brokenMarks(code: FailureCode, broken: Mark): Marks | null {
  const place = stepOfCode[code];
  if (place === undefined) return null;
  const mark = (index: number): Mark => (index < place ? 'done' : index === place ? broken : 'todo');
  return [mark(0), mark(1), mark(2)];
}

/** Whether the words count seconds, so that they have to be said anew. */
export function isCounting({ state }: UploadJob, { hold, isEngineGone }: Surroundings): boolean {
  if (isEngineGone) return false;
  return state.name === 'waiting' || (state.name === 'queued' && hold?.kind === 'rate-limited');
}
