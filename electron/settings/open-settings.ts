/** Reads what a data directory holds, repairs what can be repaired, and says what was found. */
import { mkdirSync } from 'node:fs';
import type { Clock } from '#ports/clock.ts';
import type { OpenConfigStore } from '#ports/config-store.ts';
import type { Host, Notice } from '#ports/host.ts';
import type { Destination } from '#shared/destination.ts';
import { openConfigFile, openPlainStore } from './config-file.ts';
import { type Credentials, createCredentials } from './credentials.ts';
import { openDataKeys } from './data-keys.ts';
import { createSealer } from './sealer.ts';
import { openSecretsFile } from './secrets-file.ts';
import { createSettingsStore, type SettingsStore } from './settings-store.ts';
import { parseStoredConfig } from './stored-config.ts';

export interface OpenSettingsOptions {
  /** Absolute. Created where it is missing, mode 0700. */
  readonly directory: string;
  readonly host: Host;
  readonly clock: Clock;
  /** The desktop gives electron-store, which reads and writes the same file as the one of ours. */
  readonly openStore?: OpenConfigStore;
}

/** Rejects only where the directory cannot be read or made at all; everything else is in the report. */
export async function openSettings(options: OpenSettingsOptions): Promise<SettingsStore> {
  const { directory, host, clock, openStore = openPlainStore } = options;
  const now = clock.now();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const secrets = openSecretsFile(directory, now);
  const dataKeys = await openDataKeys({ directory, host, secrets: secrets.file, now });
  const sealer = createSealer(dataKeys.keys);
  const config = openConfigFile({ directory, now, openStore });
  const { stored, notices } = parseStoredConfig(config.file.current);
  const { isLasting } = dataKeys;
  const credentials = createCredentials({ secrets: secrets.file, sealer, isLasting });
  const report: readonly Notice[] = [
    ...config.notices,
    ...notices,
    ...secrets.notices,
    ...dataKeys.notices,
    ...closedKeys(stored.destinations, credentials),
  ];
  return createSettingsStore({ stored, file: config.file, credentials, sealer, report, clock });
}

/** Sealed by another host of this directory, or damaged: they stay until they are entered again. */
function closedKeys(destinations: readonly Destination[], credentials: Credentials): readonly Notice[] {
  const names = destinations.filter(({ id }) => credentials.isClosed(id)).map(({ name }) => name);
  if (names.length === 0) return [];
  const text = `The stored keys of ${names.join(', ')} cannot be opened here. Enter them again; nothing was deleted.`;
  return [{ level: 'warning', text }];
}
