/** Talks to one destination's API: JSON out, JSON in, the credential to its own origin only. */
import type { ApiClient, ApiRequest, ApiResponse, CreateApiClient, Exchange } from '#ports/api-client.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { FailureCode } from '#shared/failure.ts';
import { checkUrl } from './addresses.ts';
import { parseRequestId, parseRetryAfter, parseSkew } from './answer-headers.ts';
import { type Answer, type Call, type CallEnd, startCall } from './call.ts';
import type { Client } from './client.ts';

const answerLimitBytes = 1024 * 1024;

export function createApiClients(client: Client, userAgent: string): CreateApiClient {
  return ({ destination, credential, onExchange }) => {
    const origin = new URL(destination.baseUrl).origin;
    const allowPlainHttp = destination.kind === 'pupload';

    async function request(asked: ApiRequest): Promise<ApiResponse> {
      asked.signal.throwIfAborted();
      const { url, path } = destined(destination.baseUrl, asked, allowPlainHttp);
      const body = asked.json === undefined ? null : Buffer.from(JSON.stringify(asked.json));
      const headers = headersOf(asked, userAgent, body);
      if (credential !== null && url.origin === origin) headers.authorization = `Bearer ${credential}`;
      const startedAt = client.clock.monotonic();
      const call = startCall({
        client,
        method: asked.method,
        url,
        path,
        headers,
        body,
        answerLimitBytes,
        onHead: () => 'see-off',
      });
      const end = await finish(call, asked.signal, client);
      asked.signal.throwIfAborted();
      onExchange?.(toExchange(asked, url, end, client.clock.monotonic() - startedAt));
      return toResponse(url, end, client.lines.mayUseProxy(url));
    }

    return { request } satisfies ApiClient;
  };
}

function destined(baseUrl: string, asked: ApiRequest, allowPlainHttp: boolean): { url: URL; path: string } {
  if (!asked.path.startsWith('/')) throw new Error('The path of an API request begins with a slash.');
  const query = asked.query === undefined ? '' : `?${new URLSearchParams(asked.query)}`;
  const checked = checkUrl(`${baseUrl}${asked.path}${query}`, { allowPlainHttp });
  if (checked.ok) return checked;
  throw new UploadError('target-refused', checked.why, { facts: { host: checked.host } });
}

/** What only this client may set. */
const ownHeaders = new Set(['authorization', 'cookie', 'host', 'content-length', 'transfer-encoding']);

function headersOf(asked: ApiRequest, userAgent: string, body: Buffer | null): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': userAgent };
  for (const [name, value] of Object.entries(asked.headers ?? {})) {
    if (ownHeaders.has(name.toLowerCase()))
      throw new Error(`The client itself sets the header ${name.toLowerCase()}.`);
    headers[name.toLowerCase()] = value;
  }
  if (body !== null) headers['content-type'] ??= 'application/json';
  if (asked.method === 'POST') headers['content-length'] = String(body?.length ?? 0);
  else if (body !== null) headers['content-length'] = String(body.length);
  return headers;
}

async function finish(call: Call, signal: AbortSignal, { clock, timeouts }: Client): Promise<CallEnd> {
  const onAbort = () => call.abandon({ code: 'connection-broken', detail: 'stopped' });
  signal.addEventListener('abort', onAbort, { once: true });
  const undo = clock.setTimer(timeouts.apiRequestMs, () =>
    call.abandon({ code: 'timeout', detail: 'request' }),
  );
  try {
    return await call.ended;
  } finally {
    undo();
    signal.removeEventListener('abort', onAbort);
  }
}

function toResponse(url: URL, end: CallEnd, mayUseProxy: boolean): ApiResponse {
  const fail = (code: FailureCode, detail: string) =>
    new UploadError(code, detail === '' ? url.host : `${url.host}: ${detail}`, { facts: { host: url.host } });
  if (end.kind === 'broken') throw fail(end.failure.code, end.failure.detail);
  const { answer } = end;
  if (answer.isTooLong) throw fail('bad-answer', 'longer than 1 MB');
  if (!answer.isWhole) throw fail('connection-broken', 'the answer broke off');
  if (answer.status === 407 && mayUseProxy) throw fail('proxy-refused', 'HTTP 407 from the proxy');
  const { status, headers, receivedAt } = answer;
  const text = textOf(answer);
  return {
    status,
    headers,
    body: parseJson(text),
    text,
    host: url.host,
    requestId: parseRequestId(headers),
    retryAfterMs: parseRetryAfter(headers, receivedAt),
    skewMs: parseSkew(headers, receivedAt),
    receivedAt,
  };
}

function textOf(answer: Answer): string {
  return answer.body.toString('utf8').replace(/^\uFEFF/, '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toExchange(asked: ApiRequest, url: URL, end: CallEnd, durationMs: number): Exchange {
  return {
    method: asked.method,
    host: url.host,
    status: end.kind === 'answered' ? end.answer.status : null,
    durationMs,
    requestId: end.kind === 'answered' ? parseRequestId(end.answer.headers) : null,
  };
}
