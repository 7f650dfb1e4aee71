import { explainFailure, type Failure } from '#shared/failure.ts';
import type { UploadJob } from '#shared/job.ts';
import { folderName } from '../../shell/folder-name.ts';
import type { Tone } from '../../ui/pill.tsx';
import { uploadsWords as words } from '../../words/uploads.ts';

/** Why a row does not go on, and what to do. */
export interface RowReason {
  /** Reason and hint. */
  readonly text: string;
  /** The service's own words; empty: none. */
  readonly detail: string;
  readonly tone: Extract<Tone, 'neutral' | 'warn' | 'bad'>;
}

/** Null: it goes its way. */
export function rowReason({ state }: Pick<UploadJob, 'state'>): RowReason | null {
  switch (state.name) {
    case 'waiting':
      return state.failure === null ? null : say(state.failure, 'neutral');
    case 'blocked':
      return say(state.failure, 'warn');
    case 'failed':
      return say(state.failure, 'bad');
    default:
      return null;
  }
}

function say(failure: Failure, tone: RowReason['tone']): RowReason {
  const { reason, hint } = explainFailure(failure);
  return { text: hint === '' ? reason : `${reason} ${hint}`, detail: failure.message, tone };
}

const pasted = /^Pasted \d{4}-\d\d-\d\d /;

export interface Surrounding {
  /** Of the watch folder that found it; null: none did, or it is gone. */
  readonly folderPath: string | null;
  readonly dataDir: string;
}

/** Where a file came from, in a word or two. */
export function originOf(
  job: Pick<UploadJob, 'name' | 'path'>,
  { folderPath, dataDir }: Surrounding,
): string {
  if (folderPath !== null) return folderName(folderPath);
  if (dataDir !== '' && job.path.startsWith(dataDir)) {
    return pasted.test(job.name) ? words.origin.pasted : words.origin.byHand;
  }
  const parent = job.path.slice(0, job.path.length - job.name.length);
  return folderName(parent) || words.origin.byHand;
}

/** "FLORA · Campaign", with the edge where a flow has several. */
export const targetOf = ({ destinationName, edge }: Pick<UploadJob, 'destinationName' | 'edge'>): string =>
  edge === null ? destinationName : `${destinationName} · ${edge}`;

/** "PNG": what stands in place of a picture. */
export function typeOf(name: string): string {
  const ending = /\.([^.]{1,5})$/.exec(name)?.[1];
  return ending === undefined ? '' : ending.toUpperCase();
}
