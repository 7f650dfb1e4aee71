/** Readable words for what a draft or a patch got wrong: one clause per field, never the value itself. */
import type { z } from 'zod';
import { UploadError } from '#ports/upload-error.ts';

export type Problem = { readonly field: string; readonly text: string };

export const problemsOf = (error: z.ZodError): readonly Problem[] =>
  error.issues.map((issue) => ({ field: issue.path.join('.'), text: wordsOf(issue) }));

/** "workspaceId: is missing; lanes: Too big: expected number to be <=16" */
export const describeProblems = (problems: readonly Problem[]): string =>
  problems.map(({ field, text }) => (field === '' ? text : `${field}: ${text}`)).join('; ');

export const invalid = (problems: readonly Problem[]): UploadError =>
  new UploadError('invalid', describeProblems(problems));

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && /received undefined$/.test(issue.message)) return 'is missing';
  if (issue.code === 'unrecognized_keys') return `There is no ${issue.keys.join(', ')}`;
  return issue.message.replace(/^Invalid input: /, '');
}
