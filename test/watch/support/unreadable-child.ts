/** Watches and walks a folder as nobody, and tells what became of what nobody may not read. */
import { relative } from 'node:path';
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
const walked: string[] = [];
const unread: string[] = [];
for await (const { path } of watcher.walk(root, { ignore: [] }, undefined, (folder) =>
  unread.push(relative(root, folder)),
))
  walked.push(relative(root, path));
const reason = watcher.settling()[0]?.reason;
const row = sink.rows.get('secret.jpg')?.fileClass;
process.stdout.write(JSON.stringify({ reason, settling, row, offered: sink.offered(), walked, unread }));
await watcher.close();
