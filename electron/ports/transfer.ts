import type { Failure } from '#shared/failure.ts';
import type { Exchange } from './api-client.ts';
import type { UploadTarget } from './reservation.ts';

/** The version of a file that was checked: what is sent must still be it. */
export interface FileVersion {
  readonly sizeBytes: number;
  /** Nanoseconds since the epoch, decimal: a number would lose digits. */
  readonly mtimeNs: string;
  /** Device and inode, "dev:ino", decimal; `noInode` where the system has none. */
  readonly inode: string;
}

/** What the store answered, or why none came. `allBytesGiven`: the last byte of the body had left us. */
export type TransferOutcome =
  /** A 2xx and every byte counted. `sha256` is lower-case hex of the bytes sent. */
  | {
      readonly kind: 'stored';
      readonly status: number;
      readonly etag: string | null;
      readonly sha256: string;
      readonly bytesSent: number;
      /** The path the very file has now, where it was renamed while it was sent; else null. */
      readonly movedTo: string | null;
    }
  /** An answer that is no success, or a 2xx that came before the body was read. */
  | {
      readonly kind: 'rejected';
      readonly rejection: Rejection;
      readonly bytesSent: number;
      readonly allBytesGiven: boolean;
    }
  /** No answer. `doubtful` = all bytes were given, so the store may have them. */
  | {
      readonly kind: 'broken';
      readonly failure: Failure;
      readonly bytesSent: number;
      readonly allBytesGiven: boolean;
    }
  /** The file is not the version that was checked any more (or grew, shrank, vanished, could not be read). */
  | {
      readonly kind: 'source';
      readonly failure: Failure;
      readonly bytesSent: number;
      readonly current: FileVersion | null;
    };

/** A store's refusal, parsed and redacted. Store errors are XML on S3-compatible hosts, JSON at ImageKit. */
export interface Rejection {
  readonly status: number;
  /** `<Code>` of the store's XML (`AccessDenied`, `SlowDown`…), or of its JSON; null where there is none. */
  readonly storeCode: string | null;
  /** The store's own words, cut to 500 characters, redacted. */
  readonly message: string;
  readonly host: string;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  /** Server clock minus this clock, ms, from `Date` (or the XML's `ServerTime`). */
  readonly skewMs: number | null;
  /** Of all bytes of the body, how many had left us when the answer came. */
  readonly bytesSent: number;
}

export interface TransferRequest {
  readonly path: string;
  readonly expected: FileVersion;
  readonly fileName: string;
  readonly mimeType: string;
  readonly target: UploadTarget;
  /** Files that were found by watching are opened with O_NOFOLLOW. */
  readonly followSymlink: boolean;
  /** Plain http to hosts other than loopback: Pupload only. */
  readonly allowPlainHttp: boolean;
  readonly signal: AbortSignal;
  /** Bytes of the file that the socket took so far; at most 10 times a second, never going back. */
  readonly onProgress: (bytesSent: number) => void;
  readonly onExchange?: (exchange: Exchange) => void;
}

/**
 * Sends the bytes of one file to one target, once. Never retries, never follows a redirect, never adds a credential.
 * Rejects only with the signal's reason, or for a bug; everything else is an outcome.
 */
export interface Transfer {
  send(request: TransferRequest): Promise<TransferOutcome>;
  /** Bytes a second over all transfers; null lifts the limit. Takes effect while bytes flow. */
  setBandwidthLimit(bytesPerSecond: number | null): void;
  /** After a network change or sleep: idle sockets are worth nothing. */
  dropIdleConnections(): void;
  close(): Promise<void>;
}
