import type { z } from 'zod';
import { type Answer, json } from '../http/answer.ts';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

const codes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['BAD_REQUEST', 'The request body is not valid JSON.'],
  401: ['UNAUTHORIZED', 'Missing or invalid API key.'],
  402: ['INSUFFICIENT_CREDIT', 'Your balance is too low for this request.'],
  403: ['PERMISSION_DENIED', 'You may not do this in this organization.'],
  404: ['NOT_FOUND', 'Resource not found.'],
  409: ['CONFLICT', 'The resource was changed by another request. Refetch and retry.'],
  422: ['VALIDATION_ERROR', 'Request validation failed.'],
  429: ['RATE_LIMITED', 'Rate limit exceeded: too many requests.'],
  503: ['SERVICE_UNAVAILABLE', 'The service is unavailable. Try again.'],
};

/** Runflow's envelope: a stable `code`, and `errors[]` with the fields on 422. */
export function refuse(
  status: number,
  message?: string,
  errors: readonly FieldError[] | null = null,
): Answer {
  const [code, words] = codes[status] ?? ['INTERNAL_ERROR', 'Something went wrong.'];
  return json(status, { code, message: message ?? words, errors });
}

export function refuseFields(error: z.ZodError): Answer {
  const errors = error.issues.map((issue) => ({
    field: issue.path.join('.') || 'body',
    message: issue.message,
  }));
  return refuse(422, undefined, errors);
}
