import { type Answer, json } from '../http/answer.ts';

const codes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['input_validation_error', 'The request is not valid.'],
  401: ['invalid_api_key', 'The API key is not valid.'],
  402: ['insufficient_credits', 'The workspace has no credits left.'],
  403: ['forbidden', 'You have no access to this workspace.'],
  404: ['not_found', 'Not found.'],
  409: ['conflict', 'The asset is in a state that does not allow this.'],
  415: ['input_validation_error', 'Send application/json.'],
  422: ['idempotency_conflict', 'This idempotency key was used with another body.'],
  429: ['rate_limited', 'Too many requests.'],
  503: ['service_unavailable', 'The service is unavailable.'],
};

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** FLORA's envelope: `error.code`, `error.message` and, where fields are wrong, `error.fields`. */
export function refuse(status: number, code?: string, message?: string): Answer {
  const [usual, words] = codes[status] ?? ['internal_error', 'Something went wrong.'];
  return json(status, { error: { code: code ?? usual, message: message ?? words } });
}

export function refuseFields(fields: readonly FieldError[]): Answer {
  const message = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return json(400, { error: { code: 'input_validation_error', message, fields } });
}
