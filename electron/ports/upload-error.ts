import type { Failure, FailureCode, FailureFacts } from '#shared/failure.ts';

/**
 * The one class that carries meaning between parts of the engine. Never leaves the main process: what goes on is its
 * `failure`. Its message is the failure's message, already redacted by whoever made it (no query strings, no keys).
 */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly failure: Failure;
  /** Server's stated delay in ms, from Retry-After; beats backoff. */
  readonly retryAfterMs: number | null;
  /** Where the server stated none: what its documents ask for at least. */
  readonly leastDelayMs: number | null;

  constructor(
    code: FailureCode,
    message = '',
    options: {
      facts?: FailureFacts;
      cause?: unknown;
      retryAfterMs?: number | null;
      leastDelayMs?: number | null;
    } = {},
  ) {
    super(
      `${code}${message === '' ? '' : `: ${message}`}`,
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.failure = { code, message, facts: options.facts ?? {} };
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.leastDelayMs = options.leastDelayMs ?? null;
  }

  get code(): FailureCode {
    return this.failure.code;
  }
}
