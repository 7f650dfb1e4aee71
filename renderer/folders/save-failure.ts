import { explainFailure, type Failure } from '#shared/failure.ts';
import type { FormField } from './folder-form.ts';

/** Where a failure belongs in the form, and its words; field null: to the form as a whole. */
export interface PlacedFailure {
  readonly field: FormField | null;
  readonly text: string;
}

/** The fields of the contract's drafts, as the form calls them. */
const formFields: Readonly<Record<string, FormField>> = {
  path: 'path',
  destinationId: 'destinationId',
  ignore: 'ignore',
  minBytes: 'minSize',
  maxBytes: 'maxSize',
  settleMs: 'settleSeconds',
  changed: 'changed',
  'after.directory': 'moveTo',
  after: 'after',
};

/** Why a folder was not taken: faults of one field are written "field: text" by the engine. */
export function placeFailure(failure: Failure): PlacedFailure {
  const { reason, hint } = explainFailure(failure);
  if (failure.code === 'folder-refused') {
    return { field: 'path', text: failure.message === '' ? `${reason} ${hint}` : failure.message };
  }
  if (failure.code !== 'invalid') return { field: null, text: `${reason} ${hint}`.trim() };
  const [, name = '', text = ''] = /^([a-zA-Z.]+): (.+?)(?:; |$)/.exec(failure.message) ?? [];
  const field = formFields[name];
  if (field !== undefined) return { field, text: beginUpper(text) };
  if (/^Originals |trash/.test(failure.message)) return { field: 'after', text: failure.message };
  if (/upload edge/.test(failure.message)) return { field: 'destinationId', text: failure.message };
  return { field: null, text: failure.message === '' ? `${reason} ${hint}` : failure.message };
}

/** What a dry run that failed has to say: the folder's own reason, or why the service could not be asked. */
export function sayPreviewFailure(failure: Failure): string {
  return placeFailure(failure).text;
}

const beginUpper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
