/** What the services of an engine are made of. */
import type { CreateApiClient } from '#ports/api-client.ts';
import type { EngineOptions } from '#ports/engine-service.ts';
import type { Journal } from '#ports/journal.ts';
import type { ProviderRegistry } from '#ports/provider.ts';
import type { FileVersion } from '#ports/transfer.ts';
import type { Watcher } from '#ports/watcher.ts';
import type { Queue } from '#queue';
import type { SettingsStore } from '#settings';
import type { ChangeFeed } from './change-feed.ts';
import type { DemoHost } from './demo-host.ts';
import type { Destinations } from './destinations.ts';
import type { Folders } from './folders.ts';

export interface ServiceParts {
  readonly options: EngineOptions;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly queue: Queue;
  readonly watcher: Watcher;
  readonly folders: Folders;
  readonly destinations: Destinations;
  readonly providers: ProviderRegistry;
  readonly createApiClient: CreateApiClient;
  readonly readFileVersion: (path: string, options: { followSymlink: boolean }) => Promise<FileVersion>;
  readonly demo: DemoHost;
  readonly feed: ChangeFeed;
  readonly bandwidthChanged: () => void;
  readonly close: () => Promise<void>;
}
