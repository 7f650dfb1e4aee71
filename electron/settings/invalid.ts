/** Readable words for what a draft or a patch got wrong: one clause per field, never the value itself. */
import type { z } from 'zod';
import { UploadError } from '#ports/upload-error.ts';
import type { DraftProblem } from '#shared/destination.ts';

export type Problem = DraftProblem;

/** A draft or a patch that cannot be, field by field. */
export class InvalidFields extends UploadError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('invalid', describeProblems(problems));
    this.problems = problems;
  }
}

export const problemsOf = (error: z.core.$ZodError): readonly Problem[] =>
  error.issues.map((issue) => ({
    field: issue.path.join('.'),
    kind: isMissing(issue) ? 'missing' : 'wrong',
    text: wordsOf(issue),
  }));

/** "workspaceId: is missing; lanes: Too big: expected number to be <=16" */
export const describeProblems = (problems: readonly Problem[]): string =>
  problems.map(({ field, text }) => (field === '' ? text : `${field}: ${text}`)).join('; ');

export const invalid = (problems: readonly Problem[]): InvalidFields => new InvalidFields(problems);

/** A value of its own that is wrong. */
export const wrong = (field: string, text: string): Problem => ({ field, kind: 'wrong', text });

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' && /received undefined$/.test(issue.message);

function wordsOf(issue: z.core.$ZodIssue): string {
  if (isMissing(issue)) return 'is missing';
  if (issue.code === 'unrecognized_keys') return `There is no ${issue.keys.join(', ')}`;
  return issue.message.replace(/^Invalid input: /, '');
}
