import { explainFailure } from '#shared/failure.ts';
import type { AddReport } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import type { Tone } from '../ui/pill.tsx';
import { linkWords as words } from '../words/links.ts';

export interface SentAgain {
  readonly title: string;
  readonly text: string | undefined;
  readonly tone: Tone;
  readonly jobId: JobId | null;
}

/** What to say when one file was given to the queue once more. */
export function sayOutcome(name: string, { files: [file] }: Pick<AddReport, 'files'>): SentAgain {
  if (file === undefined || file.failure !== null || file.jobId === null) {
    const failure = file?.failure ?? null;
    const { reason, hint } = failure === null ? { reason: '', hint: '' } : explainFailure(failure);
    const text = `${reason} ${hint}`.trim();
    return {
      title: words.notSentAgain(name),
      text: text === '' ? undefined : text,
      tone: 'bad',
      jobId: null,
    };
  }
  return { title: words.sentAgain(name), text: undefined, tone: 'accent', jobId: file.jobId };
}
