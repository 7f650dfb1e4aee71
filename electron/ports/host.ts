import type { Failure } from '#shared/failure.ts';

/** What only a host can do. The headless hosts give what they can and `null` for the rest. */
export interface Host {
  readonly name: 'desktop' | 'browser' | 'cli';
  /** Wraps the data key of a directory; null: this host keeps it in a file of mode 0600. */
  readonly keyWrap: KeyWrap | null;
  /** Moves a file to the system's trash; null where there is none. */
  readonly trash: ((path: string) => Promise<void>) | null;
  /** What the machine says of sleep and network; absent where the host hears nothing of it. */
  readonly machine?: MachineEvents;
  /** Where this host writes its log; absent: nowhere. */
  readonly logDirectory?: string;
  /** What a person should know of this host from the start. */
  readonly notices?: readonly Notice[];
}

export interface MachineEvents {
  /** Tells the listener from now on; returns its undo. */
  listen(listener: MachineListener): () => void;
}

export interface MachineListener {
  /** Sleep is coming: resolves when nothing runs any more and that is on disk. */
  suspending(): Promise<void>;
  /** Sleep is over, or did not come. May be told without a `suspending` before it. */
  awake(): void;
  /** The network is back, or is another one. */
  networkChanged(): void;
}

export interface KeyWrap {
  /** Stored beside the wrapped key, so that each host finds its own. */
  readonly name: string;
  wrap(key: Uint8Array): Promise<Uint8Array>;
  /** Rejects where this host cannot open it (another user, another machine, a lost keychain). */
  unwrap(wrapped: Uint8Array): Promise<Unwrapped>;
}

export interface Unwrapped {
  readonly key: Uint8Array;
  /** The host's own key has changed since: it wants to wrap this one anew, as long as it can open the old. */
  readonly isStale: boolean;
}

/** A message to whoever sits in front of it; hosts decide how it is shown. */
export interface Notice {
  readonly level: 'info' | 'warning';
  readonly text: string;
  readonly failure?: Failure;
}
