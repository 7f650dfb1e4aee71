/** A small ApiClient over fetch, so that providers are tested without the transfer part. */

import type { ApiClient, ApiRequest, ApiResponse } from '#ports/api-client.ts';
import { UploadError } from '#ports/upload-error.ts';

export interface FetchApiOptions {
  readonly baseUrl: string;
  readonly credential?: string | null;
  /** Epoch ms; what skew is measured against. */
  readonly now?: () => number;
}

/** Follows no redirect, retries nothing, resolves for every status. */
export function createFetchApiClient(options: FetchApiOptions): ApiClient {
  return { request: (request) => send(options, request) };
}

async function send(options: FetchApiOptions, request: ApiRequest): Promise<ApiResponse> {
  const url = new URL(options.baseUrl + request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const headers = new Headers(request.headers);
  const now = options.now ?? Date.now;
  if (options.credential != null) headers.set('Authorization', `Bearer ${options.credential}`);
  if (request.json !== undefined) headers.set('Content-Type', 'application/json');
  try {
    const response = await fetch(url, {
      method: request.method,
      headers,
      body: request.json === undefined ? null : JSON.stringify(request.json),
      redirect: 'manual',
      signal: request.signal,
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: parseJson(text),
      text,
      host: url.host,
      requestId: response.headers.get('request-id') ?? response.headers.get('x-request-id'),
      retryAfterMs: retryAfter(response.headers.get('retry-after')),
      skewMs: skewOf(response.headers.get('date'), now()),
      receivedAt: now(),
    };
  } catch (error) {
    request.signal.throwIfAborted();
    throw new UploadError('unreachable', '', { facts: { host: url.host }, cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function retryAfter(value: string | null): number | null {
  return value === null || !/^\d+$/.test(value) ? null : Math.min(3_600_000, Number(value) * 1000);
}

function skewOf(value: string | null, now: number): number | null {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? null : at - now;
}
