/** Builds every part of an engine on its open settings and journal, and wires them. */

import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import type { EngineOptions, EngineService } from '#ports/engine-service.ts';
import type { Watcher } from '#ports/watcher.ts';
import { createProviders } from '#providers';
import { openQueue, type Queue } from '#queue';
import { openSettings, type SettingsStore } from '#settings';
import type { OpenedJournal } from '#storage';
import { createHttp, hashFile, readFileVersion } from '#transfer';
import { createWatcher } from '#watch';
import { keepBandwidthLimit } from './bandwidth.ts';
import { createChangeFeed } from './change-feed.ts';
import { metText, replacedText } from './damage.ts';
import { createDemoHost } from './demo-host.ts';
import { createDestinations } from './destinations.ts';
import { createFolders } from './folders.ts';
import { followMachine } from './follow-machine.ts';
import { forgetRemovedWithoutJobs } from './forget-removed.ts';
import { keepMaintained } from './maintenance.ts';
import { createService } from './service.ts';
import { unblockWhereKeyIsBack } from './unblock-where-key-is-back.ts';

export const openSettingsOf = ({
  dataDir,
  host,
  clock,
  openConfigStore,
}: EngineOptions): Promise<SettingsStore> =>
  openSettings({
    directory: dataDir,
    host,
    clock,
    ...(openConfigStore === undefined ? {} : { openStore: openConfigStore }),
  });

export interface OpenParts {
  readonly settings: SettingsStore;
  readonly journal: OpenedJournal;
  /** What is open already, newest last; each part that opens is added. */
  readonly closers: (() => Promise<void> | void)[];
  /** Closes all of it. */
  readonly close: () => Promise<void>;
}

export async function buildEngine(options: EngineOptions, parts: OpenParts): Promise<EngineService> {
  const { dataDir, clock, host, environment } = options;
  const { settings, journal, closers } = parts;
  await forgetRemovedWithoutJobs(settings, journal);
  const feed = createChangeFeed(clock);
  const demo = createDemoHost(dataDir, (text) => feed.notify(text, 'warning'));
  closers.push(() => demo.close());
  const http = createHttp({ clock, environment, userAgent: `Hoist/${options.version}` });
  closers.push(() => http.close());
  const providers = createProviders({
    pollScale: readScale(environment.HOIST_POLL_SCALE),
    onTypes: () => feed.tell({ kind: 'destinations' }),
  });
  const destinations = createDestinations(settings, demo, providers);
  for (const { text, level } of [...(host.notices ?? []), ...settings.report]) feed.notify(text, level);
  const replaced = replacedText(
    journal.opened,
    settings.watchFolders().some(({ existing }) => existing === 'baseline'),
  );
  if (replaced !== null) feed.notify(replaced, 'warning');
  void journal.damaged.then((finding) => {
    if (finding !== null) feed.notify(metText(finding), 'warning');
  });

  const startsWork = options.startsWork ?? true;
  const folders = createFolders({
    settings,
    journal,
    clock,
    host,
    queue: () => queue,
    watcher: () => watcher,
    readFileVersion,
    onHealth: () => feed.tell({ kind: 'folders' }),
    notify: (text) => feed.notify(text, 'warning'),
  });
  const queue: Queue = await openQueue({
    journal,
    providers,
    transfer: http.transfer,
    createApiClient: http.createApiClient,
    clock,
    random: options.random,
    newKey: randomUUID,
    startsWork,
    resolveDestination: (id) => {
      // A demo service that stopped answering may have lived in a process that is gone.
      if (id.startsWith('demo-') && queue.holdOf(id)?.kind === 'unreachable') demo.forget();
      return destinations.resolve(id);
    },
    settings: () => settings.settings(),
    isDestinationPaused: (id) => destinations.find(id)?.isPaused ?? false,
    laneCeiling: (id) => destinations.find(id)?.lanes ?? 1,
    readFileVersion,
    hashFile,
    isFolderOffline: (id) => folders.isOffline(id),
    onChange: (ids) => {
      feed.tell({ kind: 'jobs', ids });
      feed.tell({ kind: 'counts' });
    },
    onHoldsChange: () => feed.tell({ kind: 'destinations' }),
    onCompleted: (job) => folders.completed(job),
    onNotice: (text) => feed.notify(text, 'warning'),
  });
  closers.push(() => queue.close());
  const watcher: Watcher = createWatcher({
    clock,
    sink: folders.sink,
    dataDir,
    homeDir: homedir(),
    random: options.random,
  });
  closers.push(async () => {
    await watcher.close();
    await folders.settled();
  });
  if (host.machine !== undefined && startsWork) {
    closers.push(followMachine(host.machine, { queue, watcher }));
  }
  const bandwidth = keepBandwidthLimit(
    clock,
    () => settings.settings(),
    (limit) => http.transfer.setBandwidthLimit(limit),
  );
  closers.push(() => bandwidth.stop());
  closers.push(settings.onChange((change) => feed.tell({ kind: change })));
  if (startsWork) {
    closers.push(
      keepMaintained({ journal, clock, settings: () => settings.settings(), notify: feed.notify }),
    );
    if (queue.recovered > 0) feed.notify(recoveredText(queue.recovered), 'info');
    // Jobs of a removed destination come up, too, to say what they lack.
    queue.start([...destinations.list(), ...settings.removedDestinations()].map(({ id }) => id));
    await unblockWhereKeyIsBack(queue, settings);
    await folders.start();
  }
  return createService({
    options,
    settings,
    journal,
    queue,
    watcher,
    folders,
    destinations,
    providers,
    createApiClient: http.createApiClient,
    readFileVersion,
    demo,
    feed,
    bandwidthChanged: bandwidth.refresh,
    close: parts.close,
  });
}

const recoveredText = (count: number): string =>
  count === 1 ? '1 upload that was cut off goes on.' : `${count} uploads that were cut off go on.`;

/** Tests let the providers' own waits pass faster. */
function readScale(text: string | undefined): number {
  const scale = Number(text ?? '1');
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}
