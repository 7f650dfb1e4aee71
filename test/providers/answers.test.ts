import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiResponse } from '#ports/api-client.ts';
import type { UploadError } from '#ports/upload-error.ts';
import { parseAnswer, refusalOf } from '../../electron/providers/answers.ts';
import { cyberunDialect } from '../../electron/providers/cyberun/dialect.ts';
import { floraDialect } from '../../electron/providers/flora/dialect.ts';
import { startDialect } from '../../electron/providers/pupload/dialect.ts';
import { runflowDialect } from '../../electron/providers/runflow/dialect.ts';

function answer(status: number, body: unknown, more: Partial<ApiResponse> = {}): ApiResponse {
  const isText = typeof body === 'string';
  return {
    status,
    headers: {},
    body: isText ? undefined : body,
    text: isText ? body : JSON.stringify(body),
    host: 'api.example',
    requestId: null,
    retryAfterMs: null,
    skewMs: null,
    receivedAt: 0,
    ...more,
  };
}

const plain = { wordsOf: () => null };
const page = '<!doctype html><html><title>Sign in</title></html>';

describe('the standard table', () => {
  it.each([
    [301, '', 'bad-answer'],
    [302, page, 'bad-answer'],
    [400, '', 'bad-request'],
    [401, '', 'key-refused'],
    [402, '', 'no-credit'],
    [403, '', 'forbidden'],
    [404, '', 'bad-answer'],
    [407, '', 'proxy-refused'],
    [408, '', 'timeout'],
    [409, '', 'conflict'],
    [413, '', 'too-large'],
    [415, '', 'type-refused'],
    [418, '', 'bad-request'],
    [422, '', 'rejected'],
    [429, '', 'rate-limited'],
    [500, '', 'server-error'],
    [502, page, 'server-error'],
    [503, '', 'server-error'],
    [503, '<Error><Code>SlowDown</Code></Error>', 'rate-limited'],
    [511, page, 'bad-answer'],
    // What a gateway says in a web page counts where gateways speak, and nowhere else.
    [403, page, 'bad-answer'],
    [422, page, 'bad-answer'],
    [401, page, 'key-refused'],
    [413, page, 'too-large'],
    [429, page, 'rate-limited'],
  ])('%i %s', (status, body, code) => {
    expect(refusalOf(answer(status, body), plain).code).toBe(code);
  });

  it('carries host, status, request id and delay', () => {
    const error = refusalOf(answer(429, 'slow', { retryAfterMs: 2000, requestId: 'req_1' }), plain);
    expect(error.failure).toEqual({
      code: 'rate-limited',
      message: 'slow',
      facts: { host: 'api.example', status: 429, requestId: 'req_1' },
    });
    expect(error.retryAfterMs).toBe(2000);
  });
});

describe('the words of each service', () => {
  it.each([
    [
      'Runflow',
      runflowDialect,
      { code: 'VALIDATION', message: 'Invalid', errors: [{ field: 'size_bytes', message: 'too large' }] },
      422,
      'too-large',
      'VALIDATION: Invalid (size_bytes: too large)',
    ],
    [
      'Runflow, older form',
      runflowDialect,
      { error: { code: 'X', message: 'No' } },
      500,
      'server-error',
      'X: No',
    ],
    [
      'Runflow, detail list',
      runflowDialect,
      { detail: [{ loc: ['body', 'mime_type'], msg: 'not allowed' }] },
      422,
      'type-refused',
      ' (body.mime_type: not allowed)'.trim(),
    ],
    [
      'Runflow, filename',
      runflowDialect,
      { message: 'filename is too short' },
      422,
      'name-refused',
      'filename is too short',
    ],
    ['Runflow, unknown 422', runflowDialect, { message: 'No.' }, 422, 'rejected', 'No.'],
    [
      'FLORA',
      floraDialect,
      {
        error: {
          code: 'input_validation_error',
          message: 'bad',
          fields: [{ field: 'content_type', message: 'no' }],
        },
      },
      400,
      'type-refused',
      'input_validation_error: bad (content_type: no)',
    ],
    [
      'FLORA, other field',
      floraDialect,
      {
        error: {
          code: 'input_validation_error',
          message: 'bad',
          fields: [{ field: 'folder', message: 'no' }],
        },
      },
      400,
      'bad-request',
      'input_validation_error: bad (folder: no)',
    ],
    [
      'FLORA, workspace',
      floraDialect,
      { error: { code: 'not_found', message: 'gone' } },
      404,
      'forbidden',
      'not_found: gone',
    ],
    [
      'Cyberun',
      cyberunDialect,
      { error_message: 'resource not found' },
      403,
      'forbidden',
      'resource not found',
    ],
    [
      'Cyberun, team',
      cyberunDialect,
      { error_message: 'X-Team-ID is required' },
      400,
      'forbidden',
      'X-Team-ID is required',
    ],
    [
      'Cyberun, size',
      cyberunDialect,
      { error_message: 'file too large' },
      400,
      'too-large',
      'file too large',
    ],
    ['Cyberun, 413', cyberunDialect, { message: 'nope' }, 413, 'too-large', 'nope'],
    ['Pupload, start', startDialect, 'Invalid input\n', 400, 'flow-invalid', 'Invalid input'],
    [
      'Pupload, invalid flow',
      startDialect,
      'unable to run flow: invalid flow',
      500,
      'flow-invalid',
      'unable to run flow: invalid flow',
    ],
    [
      'Pupload, store out of reach',
      startDialect,
      'unable to run flow: datawell for edge "in" using store "s": s3 store at "minio:9000" (bucket "b"): dial tcp: no such host',
      500,
      'server-error',
      'unable to run flow: datawell for edge "in" using store "s": s3 store at "minio:9000" (bucket "b"): dial tcp: no such host',
    ],
    [
      'Pupload, bucket',
      startDialect,
      'unable to run flow: s3 store at "m" (bucket "b"): The specified bucket does not exist',
      500,
      'store-missing',
      'unable to run flow: s3 store at "m" (bucket "b"): The specified bucket does not exist',
    ],
    [
      'Pupload, params',
      startDialect,
      'unable to run flow: store s does not exist',
      500,
      'flow-invalid',
      'unable to run flow: store s does not exist',
    ],
    ['Pupload, panic', startDialect, '', 500, 'server-error', ''],
  ] as const)('%s', (_name, dialect, body, status, code, message) => {
    const error = refusalOf(answer(status, body), dialect);
    expect([error.code, error.failure.message]).toEqual([code, message]);
  });

  it('waits five seconds where FLORA gives no delay, and as long as it says where it does', () => {
    const limited = { error: { code: 'rate_limited', message: 'slow' } };
    expect(refusalOf(answer(429, limited), floraDialect)).toMatchObject({
      retryAfterMs: null,
      leastDelayMs: 5000,
    });
    expect(refusalOf(answer(429, limited, { retryAfterMs: 0 }), floraDialect).retryAfterMs).toBe(0);
  });
});

describe('parseAnswer', () => {
  const schema = z.object({ id: z.string() });
  const problemOf = (response: ApiResponse): UploadError => {
    try {
      parseAnswer(response, schema, plain);
    } catch (error) {
      return error as UploadError;
    }
    throw new Error('It was taken.');
  };

  it('takes any 2xx that fits', () => {
    expect(parseAnswer(answer(203, { id: 'a', more: 1 }), schema, plain)).toEqual({ id: 'a' });
  });

  it.each([
    ['a web page', answer(200, page), 'A web page came (HTTP 200).'],
    ['an empty body', answer(200, ''), 'HTTP 200 came without a JSON body (it was empty).'],
    ['text', answer(200, 'hello'), 'HTTP 200 came without a JSON body.'],
    [
      'another shape',
      answer(200, { id: 5 }),
      'HTTP 200, id: Invalid input: expected string, received number',
    ],
  ])('refuses %s', (_name, response, message) => {
    const { failure } = problemOf(response);
    expect([failure.code, failure.message]).toEqual(['bad-answer', message]);
  });
});
