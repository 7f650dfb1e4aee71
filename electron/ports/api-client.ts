import type { Destination } from '#shared/destination.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Begins with a slash; appended to the destination's base URL. Ids in it are URL-encoded by the caller. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Beside the credential, which the client adds by itself for the destination's own origin only. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined where it is empty or no JSON. Unknown until a schema has parsed it. */
  readonly body: unknown;
  /** The raw text, at most 1 MiB. May hold secrets: never into a message without the redaction of the client. */
  readonly text: string;
  readonly host: string;
  readonly requestId: string | null;
  /** From `Retry-After`: ms from now, already clamped to [0, 1 h]; null where there is none or it is junk. */
  readonly retryAfterMs: number | null;
  /** Server clock minus this clock, ms, from `Date`; null where there is none. Precise to about a second. */
  readonly skewMs: number | null;
  /** Epoch ms of this clock when the answer came. */
  readonly receivedAt: number;
}

/** One finished exchange with a service, for the timeline: host and numbers only. */
export interface Exchange {
  readonly method: string;
  readonly host: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly requestId: string | null;
}

/**
 * Talks to one destination's API. Resolves for every status (no redirect is followed: a 3xx is an answer like any
 * other) and throws UploadError where no whole answer came: `unreachable` (DNS, refused, no route), `timeout`,
 * `connection-broken`, `certificate`, `proxy-refused`, `bad-answer` (body over 1 MiB).
 * An abort rejects with the signal's reason. It never retries.
 */
export interface ApiClient {
  request(request: ApiRequest): Promise<ApiResponse>;
}

export type CreateApiClient = (options: {
  readonly destination: Destination;
  /** The destination's key; null for Pupload. */
  readonly credential: string | null;
  readonly onExchange?: (exchange: Exchange) => void;
}) => ApiClient;
