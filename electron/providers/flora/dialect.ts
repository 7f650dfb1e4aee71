/** FLORA's refusals: `{ error: { code, message, fields } }`. Status first, code second; new codes are tolerated. */
import type { ApiResponse } from '#ports/api-client.ts';
import type { Dialect, Meaning } from '../answers.ts';
import { fieldOf, firstText, listOf } from '../read-json.ts';

/** FLORA's own sample waits this long where no retry-after comes. */
const politeMs = 5000;

export function errorCodeOf(body: unknown): string | null {
  return firstText(fieldOf(body, 'error'), 'code');
}

export const floraDialect: Dialect = {
  wordsOf(body) {
    const error = fieldOf(body, 'error');
    const message = firstText(error, 'message') ?? firstText(body, 'message');
    const code = errorCodeOf(body);
    if (message === null && code === null) return null;
    const fields = fieldsOf(body)
      .slice(0, 5)
      .map(({ field, message: words }) => `${field}: ${words}`)
      .join('; ');
    const said = [code, message].filter((part) => part !== null).join(': ');
    return fields === '' ? said : `${said} (${fields})`;
  },
  meaningOf({ status, body }) {
    if (status === 429) return { code: 'rate-limited', leastDelayMs: politeMs };
    // A missing and an inaccessible workspace look alike.
    if (status === 404 && errorCodeOf(body) === 'not_found') return { code: 'forbidden' };
    return status === 400 || status === 422 ? refusedField(body) : undefined;
  },
};

export function isDuplicateKey(response: ApiResponse): boolean {
  return response.status === 409 && errorCodeOf(response.body) === 'idempotency_duplicate';
}

export function isKeyConflict(response: ApiResponse): boolean {
  return response.status === 422 && errorCodeOf(response.body) === 'idempotency_conflict';
}

function refusedField(body: unknown): Meaning | undefined {
  const fields = fieldsOf(body).map(({ field }) => field.replace(/^.*\./, ''));
  if (fields.length === 0) return undefined;
  if (fields.every((field) => field === 'content_type')) return { code: 'type-refused' };
  if (fields.every((field) => field === 'file_name')) return { code: 'name-refused' };
  return undefined;
}

function fieldsOf(body: unknown): readonly { readonly field: string; readonly message: string }[] {
  return listOf(fieldOf(fieldOf(body, 'error'), 'fields')).map((entry) => ({
    field: firstText(entry, 'field') ?? '',
    message: firstText(entry, 'message') ?? '',
  }));
}
