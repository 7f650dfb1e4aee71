/** Watches a folder whose directories are more than the system will watch, and tells what became of it. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWatcher } from '#watch';
import { FakeClock } from './fake-clock.ts';
import { MemorySink } from './memory-sink.ts';

const root = process.argv[2] ?? '';
const clock = new FakeClock();
const sink = new MemorySink();
const watcher = createWatcher({ clock, random: () => 0.5, sink, dataDir: '/nowhere', homeDir: '/nohome' });
await watcher.watch({
  id: 'folder',
  path: root,
  destinationId: 'destination',
  existing: 'include',
  ignore: [],
  settleMs: 2000,
  changed: 'new',
  after: { kind: 'keep' },
  isPaused: false,
  addedAt: 0,
});
await clock.until(() => watcher.health()[0]?.state === 'polling');
const directories = readdirSync(root);
for (const name of directories) writeFileSync(join(root, name, 'a.jpg'), name);
// No scan is asked for: the folder's own timer has to find them.
await clock.until(() => sink.offers.length === directories.length);
const health = watcher.health()[0];
process.stdout.write(
  JSON.stringify({ state: health?.state, reason: health?.reason, offers: sink.offers.length }),
);
await watcher.close();
