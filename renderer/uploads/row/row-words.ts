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

const pastedName = /^Pasted \d{4}-\d\d-\d\d /;

export interface Surrounding {
  /** Of the watch folder that found it; null: none did, or it is gone. */
  readonly folderPath: string | null;
  readonly dataDir: string;
}

export interface JobOrigin {
  readonly text: string;
  /** It is the name of a folder. */
  readonly isFolder: boolean;
  /** Hoist found the file there by itself. */
  readonly isWatched: boolean;
  /** The whole of it, in words. */
  readonly whole: string;
}

/** Where a file came from, in a word or two: the folder that is watched or that it lies in, where it has a place of its own. */
export function originOf(
  job: Pick<UploadJob, 'name' | 'path'>,
  { folderPath, dataDir }: Surrounding,
): JobOrigin {
  const { pasted, byHand, fromFolder, fromWatched } = words.origin;
  const plain = (text: string): JobOrigin => ({ text, isFolder: false, isWatched: false, whole: text });
  if (folderPath !== null) {
    const text = folderName(folderPath);
    return { text, isFolder: true, isWatched: true, whole: fromWatched(text) };
  }
  if (dataDir !== '' && job.path.startsWith(dataDir)) {
    return plain(pastedName.test(job.name) ? pasted : byHand);
  }
  const parent = folderName(job.path.slice(0, job.path.length - job.name.length));
  if (parent === '') return plain(byHand);
  return { text: parent, isFolder: true, isWatched: false, whole: fromFolder(parent) };
}

/** "FLORA · Campaign", with the edge where a flow has several. */
export const targetOf = ({ destinationName, edge }: Pick<UploadJob, 'destinationName' | 'edge'>): string =>
  edge === null ? destinationName : `${destinationName} · ${edge}`;

/** "PNG": what stands in place of a picture. */
export function typeOf(name: string): string {
  const ending = /\.([^.]{1,5})$/.exec(name)?.[1];
  return ending === undefined ? '' : ending.toUpperCase();
}
