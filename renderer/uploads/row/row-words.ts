import type { Failure } from '#shared/failure.ts';
import type { UploadJob } from '#shared/job.ts';
import { folderName } from '../../shell/folder-name.ts';
import type { Tone } from '../../ui/pill.tsx';
import { sayFailure } from '../../words/failures.ts';
import { uploadsWords as words } from '../../words/uploads.ts';

/** Why a row does not go on, and what to do. */
export interface RowReason {
  /** Reason and hint. */
  readonly text: string;
  /** The service's own words; empty: none. */
  readonly detail: string;
  readonly tone: Extract<Tone, 'neutral' | 'warn' | 'bad'>;
}

type Told = Pick<UploadJob, 'state' | 'name' | 'destinationName' | 'edge'>;

/** It takes the place of where the file goes, and so begins with that. Null: it goes its way. */
export function rowReason(job: Told): RowReason | null {
  const { state } = job;
  switch (state.name) {
    case 'waiting':
      return state.failure === null ? null : say(state.failure, job, 'neutral');
    case 'blocked':
      return say(state.failure, job, 'warn');
    case 'failed':
      return say(state.failure, job, 'bad');
    default:
      return null;
  }
}

function say(failure: Failure, job: Told, tone: RowReason['tone']): RowReason {
  const { reason, hint } = sayFailure(failure, job.name);
  const sentences = hint === '' ? reason : `${reason} ${hint}`;
  return { text: words.reasonAt(targetOf(job), sentences), detail: failure.message, tone };
}

const pasted = /^Pasted \d{4}-\d\d-\d\d /;

export interface Surrounding {
  /** Of the watch folder that found it; null: none did, or it is gone. */
  readonly folderPath: string | null;
  readonly dataDir: string;
}

export interface JobOrigin {
  readonly text: string;
  /** It is the name of a folder. */
  readonly isFolder: boolean;
}

/** Where a file came from, in a word or two: the folder that is watched or that it lies in, where it has a place of its own. */
export function originOf(
  job: Pick<UploadJob, 'name' | 'path'>,
  { folderPath, dataDir }: Surrounding,
): JobOrigin {
  if (folderPath !== null) return { text: folderName(folderPath), isFolder: true };
  if (dataDir !== '' && job.path.startsWith(dataDir)) {
    return { text: pasted.test(job.name) ? words.origin.pasted : words.origin.byHand, isFolder: false };
  }
  const parent = folderName(job.path.slice(0, job.path.length - job.name.length));
  return parent === '' ? { text: words.origin.byHand, isFolder: false } : { text: parent, isFolder: true };
}

/** "FLORA · Campaign", with the edge where a flow has several. */
export const targetOf = ({ destinationName, edge }: Pick<UploadJob, 'destinationName' | 'edge'>): string =>
  edge === null ? destinationName : `${destinationName} · ${edge}`;

/** "PNG": what stands in place of a picture. */
export function typeOf(name: string): string {
  const ending = /\.([^.]{1,5})$/.exec(name)?.[1];
  return ending === undefined ? '' : ending.toUpperCase();
}
