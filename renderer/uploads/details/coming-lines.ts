import type { ProviderKind } from '#shared/destination.ts';
import { type JobState, type Step, tabOfState, type UploadJob } from '#shared/job.ts';
import { bytesOf, percent, speed } from '../../words/amounts.ts';
import { detailsWords as words } from '../../words/details.ts';

/** What goes on in this moment. */
export interface CurrentLine {
  readonly mark: 'now' | 'rest';
  /** Changes with the stage only: what a screen reader hears. */
  readonly stage: string;
  readonly title: string;
  readonly aside: string | null;
  /** Whole percent while bytes go; null: nothing that can be measured. */
  readonly share: number | null;
  /** When it goes on by itself (epoch ms): counted down beside the title. */
  readonly until: number | null;
}

type NextStep = keyof typeof words.next;
const order: readonly NextStep[] = ['reserve', 'upload', 'complete', 'ready'];

/** Cyberun has no call that confirms: a key is good as soon as its bytes are there. */
const stepsOf = (kind: ProviderKind) => order.filter((step) => kind !== 'cyberun' || step !== 'complete');

/** What a job depends on beside itself. */
export interface Around {
  /** Why nothing starts at its destination now; null: it may. */
  readonly waitsFor: string | null;
  /** The engine is: nothing goes on. */
  readonly isGone: boolean;
}

/** Null: it has ended, or waits for the person, and its last entry says so. */
export function currentLine(
  job: Pick<UploadJob, 'state' | 'bytesSent' | 'bytesTotal' | 'bytesPerSecond'>,
  { waitsFor, isGone }: Around,
): CurrentLine | null {
  const plain = (mark: CurrentLine['mark'], stage: string) =>
    ({ mark, stage, title: stage, aside: null, share: null, until: null }) as const;
  const { state } = job;
  const tab = tabOfState[state.name];
  if (isGone && state.name !== 'paused' && (tab === 'active' || tab === 'waiting')) {
    return plain('rest', words.now.gone);
  }
  switch (state.name) {
    case 'queued':
      return plain('rest', waitsFor === null ? words.now.queued : words.now.waitsFor(waitsFor));
    case 'waiting':
      return { ...plain('rest', words.now.waiting), until: state.until };
    case 'paused':
      return plain('rest', words.now.paused);
    case 'reserving':
    case 'inspecting':
    case 'completing':
    case 'processing':
      return plain('now', words.now[state.name]);
    case 'uploading':
      return {
        mark: 'now',
        stage: words.now.sendingPlain,
        title: words.now.sending(bytesOf(job.bytesSent, job.bytesTotal)),
        // As in its row: nothing for a moment is no speed.
        aside: (job.bytesPerSecond ?? 0) <= 0 ? null : speed(job.bytesPerSecond ?? 0),
        share: percent(Math.min(job.bytesSent, Math.max(0, job.bytesTotal - 1)), job.bytesTotal),
        until: null,
      };
    case 'blocked':
    case 'completed':
    case 'failed':
    case 'canceled':
      return null;
  }
}

/** The steps that are still to come, as words. */
export function comingSteps({ state, kind }: Pick<UploadJob, 'state' | 'kind'>): readonly string[] {
  const first = firstToCome(state);
  if (first === null) return [];
  const steps = stepsOf(kind);
  return steps.filter((step) => order.indexOf(step) >= order.indexOf(first)).map((step) => words.next[step]);
}

const stepBegins: Readonly<Record<Step, NextStep>> = {
  reserve: 'reserve',
  // Only if everything arrived already is it not sent once more.
  inspect: 'upload',
  upload: 'upload',
  complete: 'complete',
};

function firstToCome(state: JobState): NextStep | null {
  switch (state.name) {
    case 'queued':
    case 'waiting':
    case 'paused':
    case 'blocked':
      return stepBegins[state.step];
    case 'reserving':
    case 'inspecting':
      return 'upload';
    case 'uploading':
      return 'complete';
    case 'completing':
    case 'processing':
      return 'ready';
    case 'completed':
    case 'failed':
    case 'canceled':
      return null;
  }
}
