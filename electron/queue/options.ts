/** What the queue needs of the rest of the engine; engine.ts hands it in. */

import type { CreateApiClient } from '#ports/api-client.ts';
import type { Clock, Random } from '#ports/clock.ts';
import type { Journal } from '#ports/journal.ts';
import type { ProviderRegistry } from '#ports/provider.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { FileVersion, Transfer } from '#ports/transfer.ts';
import type { Destination } from '#shared/destination.ts';
import type { JobId } from '#shared/job.ts';

export interface ResolvedDestination {
  readonly destination: Destination;
  readonly credential: string | null;
}

export interface QueueOptions {
  readonly journal: Journal;
  readonly providers: ProviderRegistry;
  readonly transfer: Transfer;
  readonly createApiClient: CreateApiClient;
  readonly clock: Clock;
  readonly random: Random;
  /** A fresh UUID for a reservation. */
  readonly newKey: () => string;
  /** Null: there is no such destination (any more). May start the demo service. */
  readonly resolveDestination: (id: string) => Promise<ResolvedDestination | null>;
  readonly settings: () => {
    readonly maxAttempts: number;
    readonly isPaused: boolean;
    readonly reuseSameContent: boolean;
  };
  /** False: writes what it is told and starts nothing. */
  readonly startsWork: boolean;
  readonly isDestinationPaused: (id: string) => boolean;
  readonly laneCeiling: (id: string) => number;
  /** Rejects with UploadError file-missing, file-unreadable, file-locked, not-a-file. */
  readonly readFileVersion: (
    path: string,
    options: { readonly followSymlink: boolean },
  ) => Promise<FileVersion>;
  readonly hashFile: (
    path: string,
    expected: FileVersion,
    signal: AbortSignal,
  ) => Promise<{ readonly sha256: string } | { readonly changed: FileVersion | null }>;
  /** The volume of this watch folder is away: its files are not missing, they wait. */
  readonly isFolderOffline: (folderId: string) => boolean;
  /** Rows that changed; called often, the listener throttles. */
  readonly onChange: (ids: readonly JobId[]) => void;
  readonly onHoldsChange: () => void;
  /** A job was completed, on disk. */
  readonly onCompleted: (job: StoredJob) => void;
  readonly onNotice: (text: string) => void;
}
