import type { Failure } from '#shared/failure.ts';

/** What only a host can do. The headless hosts give what they can and `null` for the rest. */
export interface Host {
  readonly name: 'desktop' | 'browser' | 'cli';
  /** Wraps the data key of a directory; null: this host keeps it in a file of mode 0600. */
  readonly keyWrap: KeyWrap | null;
  /** Moves a file to the system's trash; null where there is none. */
  readonly trash: ((path: string) => Promise<void>) | null;
}

export interface KeyWrap {
  /** Stored beside the wrapped key, so that each host finds its own. */
  readonly name: string;
  wrap(key: Uint8Array): Promise<Uint8Array>;
  /** Rejects where this host cannot open it (another user, another machine, a lost keychain). */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** A message to whoever sits in front of it; hosts decide how it is shown. */
export interface Notice {
  readonly level: 'info' | 'warning';
  readonly text: string;
  readonly failure?: Failure;
}
