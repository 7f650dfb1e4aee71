/** All in ms of the Clock port. */
export interface Timeouts {
  /** For each: finding the address, connecting to it, the TLS handshake. */
  readonly connectMs: number;
  /** From the last byte of the request to the head of the answer. */
  readonly answerMs: number;
  /** For the body of an answer that came before the request was sent. */
  readonly earlyBodyMs: number;
  /** No byte taken by the socket for so long, while we had some to give. */
  readonly stallMs: number;
  /** A whole exchange with an API. Transfers have none: they may take days. */
  readonly apiRequestMs: number;
}

export const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  answerMs: 120_000,
  earlyBodyMs: 5_000,
  stallMs: 60_000,
  apiRequestMs: 90_000,
};
