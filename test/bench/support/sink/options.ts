/** What a sink does beside reading and counting, and what it has counted. */

export interface SinkOptions {
  /** Serve https too. */
  readonly isSecure?: boolean;
  /** Each answer comes so much later, evenly spread between the two. */
  readonly delayMs?: readonly [number, number];
  /** More requests a second than this are refused: 429 by the API, 503 by the store. */
  readonly perSecond?: number;
  /** Refusals say when to come back. */
  readonly saysRetryAfter?: boolean;
  /** Keep the SHA-256 of every file: for the round that is not timed. */
  readonly hashes?: boolean;
}

export interface SinkStats {
  /** Bytes of bodies that were sent to the store. */
  readonly bytes: number;
  readonly reserves: number;
  readonly puts: number;
  readonly confirms: number;
  /** All else that was asked. */
  readonly others: number;
  readonly refused: number;
  /** Summed over all PUTs: from their first byte to their answer. */
  readonly putMs: number;
  /** Epoch ms of the first PUT and of the last answer to one; 0 before. */
  readonly firstPutAt: number;
  readonly lastPutAt: number;
  /** Epoch ms of the first and last request that was not refused; 0 before. */
  readonly firstAcceptedAt: number;
  readonly lastAcceptedAt: number;
  /** Requests since the last reset that were about a file which was finished before it. */
  readonly aboutFinished: number;
  /** By path of the store, with `hashes` only. */
  readonly sha256: Readonly<Record<string, string>>;
}
