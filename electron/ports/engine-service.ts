import type { EngineNotice, RequestName, Requests, Throughput } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Clock, Random } from './clock.ts';
import type { OpenConfigStore } from './config-store.ts';
import type { Host } from './host.ts';

/** Something that a window or a terminal may want to show anew. */
export type EngineChange =
  | { readonly kind: 'jobs'; readonly ids: readonly JobId[] }
  | { readonly kind: 'counts' }
  | { readonly kind: 'destinations' }
  | { readonly kind: 'folders' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'notice'; readonly notice: EngineNotice };

/**
 * A running engine as the ipc layer sees it: one method per request of the contract (arguments are already parsed), and
 * a stream of hints about what changed. Methods throw UploadError; the ipc layer turns that into a failure.
 * `view` is missing: which rows a client looks at is the business of its session.
 */
export type EngineService = {
  readonly [N in Exclude<RequestName, 'view'>]: (
    ...args: Parameters<Requests[N]>
  ) => ReturnType<Requests[N]> | Promise<ReturnType<Requests[N]>>;
} & {
  /** Whole rows, live bytes included; ids that are gone are left out. */
  rows(ids: readonly JobId[]): Promise<readonly UploadJob[]>;
  throughput(): Throughput;
  onChange(listener: (change: EngineChange) => void): () => void;
  /** Interrupts what runs, commits, closes; resolves when the directory is free for the next engine. */
  close(): Promise<void>;
};

export interface EngineOptions {
  /** Absolute. Created where it is missing, mode 0700. */
  readonly dataDir: string;
  readonly host: Host;
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Proxies, certificates and test switches come from here, not from process.env. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** False: only looks and writes (`status`, `cancel`): no transfer, no watching, no recovery. Default true. */
  readonly startsWork?: boolean;
  /** Keeps `config.json`. Default: a writer of its own; electron-store writes the same file. */
  readonly openConfigStore?: OpenConfigStore;
}
