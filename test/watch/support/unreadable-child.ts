/** Watches a folder as nobody, and tells what became of a file that nobody may not read. */
import { createWatcher } from '#watch';
import { FakeClock } from './fake-clock.ts';
import { MemorySink } from './memory-sink.ts';

const root = process.argv[2] ?? '';
const clock = new FakeClock();
const sink = new MemorySink();
const nobody = 65_534;
const watcher = createWatcher({ clock, random: () => 0.5, sink, dataDir: '/nowhere', homeDir: '/nohome' });
try {
  process.setgid?.(nobody);
  process.setuid?.(nobody);
} catch (error) {
  process.stdout.write(`cannot change the user: ${String(error)}`);
  process.exit(0);
}
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
await clock.during(watcher.idle('folder'));
const { settling } = watcher.health()[0] ?? {};
process.stdout.write(
  JSON.stringify({ reason: watcher.settling()[0]?.reason, settling, offered: sink.offered() }),
);
await watcher.close();
