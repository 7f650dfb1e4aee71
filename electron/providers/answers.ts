/** Reads the answers of an API: a good one by its schema, any other as the UploadError that it means. */
import type { z } from 'zod';
import type { ApiResponse } from '#ports/api-client.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { FailureCode, FailureFacts } from '#shared/failure.ts';
import { safeWords } from './server-words.ts';

/** What a service's refusals look like. */
export interface Dialect {
  /** The service's own words in a refusal; null: it has said nothing in its own form. */
  readonly wordsOf: (body: unknown) => string | null;
  /** Where this service means something else than the standard table; undefined: the table holds. */
  readonly meaningOf?: (refused: RefusedAnswer) => Meaning | undefined;
}

export interface RefusedAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The server's words, not yet redacted: for reading only. */
  readonly words: string;
}

export interface Meaning {
  readonly code: FailureCode;
  readonly facts?: FailureFacts;
  /** Used where the answer itself names no delay. */
  readonly leastDelayMs?: number;
}

export function isSuccess(response: ApiResponse): boolean {
  return response.status >= 200 && response.status < 300;
}

/** The parsed body of a 2xx; throws what anything else means. */
export function parseAnswer<S extends z.ZodType>(
  response: ApiResponse,
  schema: S,
  dialect: Dialect,
): z.output<S> {
  if (!isSuccess(response)) throw refusalOf(response, dialect);
  const parsed = schema.safeParse(response.body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'the answer' : issue.path.join('.');
  throw new UploadError('bad-answer', describeJunk(response, `${place}: ${issue?.message ?? 'not valid'}`), {
    facts: factsOf(response),
  });
}

/** A 2xx that says what it must not say. `problem` is ours: nothing of the answer goes into it unredacted. */
export function junkAnswer(response: ApiResponse, problem: string): UploadError {
  return new UploadError('bad-answer', problem, { facts: factsOf(response) });
}

/** What an answer that is no 2xx means. */
export function refusalOf(response: ApiResponse, dialect: Dialect): UploadError {
  const said = dialect.wordsOf(response.body);
  const words = said ?? plainText(response);
  const meaning =
    (said === null && isWebPage(response) ? undefined : dialect.meaningOf?.({ ...response, words })) ??
    standardMeaning(response, said !== null);
  return new UploadError(meaning.code, safeWords(words), {
    facts: { ...factsOf(response), ...meaning.facts },
    retryAfterMs: response.retryAfterMs,
    leastDelayMs: meaning.leastDelayMs ?? null,
  });
}

export function factsOf(response: ApiResponse): FailureFacts {
  return {
    host: response.host,
    status: response.status,
    ...(response.requestId === null ? {} : { requestId: response.requestId }),
  };
}

const standardCodes: Readonly<Record<number, FailureCode>> = {
  400: 'bad-request',
  401: 'key-refused',
  402: 'no-credit',
  403: 'forbidden',
  // Of a path that must exist: not this API, or a wrong base URL. Where a thing may be gone, its provider says so.
  404: 'bad-answer',
  405: 'bad-answer',
  407: 'proxy-refused',
  408: 'timeout',
  409: 'conflict',
  413: 'too-large',
  415: 'type-refused',
  422: 'rejected',
  429: 'rate-limited',
  // A network that wants a sign-in first (RFC 6585).
  511: 'bad-answer',
};

/** A gateway in front of an API writes these as web pages, and means them. */
const meantByGateways: ReadonlySet<number> = new Set([401, 407, 408, 413, 429]);

function standardMeaning(response: ApiResponse, isOwnForm: boolean): Meaning {
  const { status } = response;
  if (!isOwnForm && isWebPage(response) && status < 500 && !meantByGateways.has(status))
    return { code: 'bad-answer' };
  const code = standardCodes[status];
  if (code !== undefined) return { code };
  if (status >= 500)
    return { code: /slow ?down/i.test(response.text.slice(0, 4096)) ? 'rate-limited' : 'server-error' };
  return { code: status >= 400 ? 'bad-request' : 'bad-answer' };
}

function isWebPage(response: ApiResponse): boolean {
  return (
    (response.headers['content-type'] ?? '').toLowerCase().includes('text/html') ||
    /^\s*<(?:!doctype html|html)/i.test(response.text.slice(0, 200))
  );
}

function plainText(response: ApiResponse): string {
  if (isWebPage(response)) return `A web page came (HTTP ${response.status}).`;
  if (response.status >= 300 && response.status < 400)
    return `A redirect came (HTTP ${response.status}); none is followed.`;
  // Half a JSON text, or an XML page: nothing that a person would read.
  if (/^\s*[{[<]/.test(response.text)) return `HTTP ${response.status} came with a text that is no JSON.`;
  return response.body === undefined ? response.text : '';
}

function describeJunk(response: ApiResponse, problem: string): string {
  if (isWebPage(response)) return plainText(response);
  if (response.body === undefined)
    return `HTTP ${response.status} came without a JSON body${response.text === '' ? ' (it was empty)' : ''}.`;
  return safeWords(`HTTP ${response.status}, ${problem}`);
}
