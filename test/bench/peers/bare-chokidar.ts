/**
 * A bare chokidar on the main thread, which is blocked for so many ms once it is ready: `directory blockMs quietMs`. Says
 * `ready`, and how many files it heard of when none came for `quietMs`.
 */
import { watch } from 'chokidar';

const [directory = '', blockMs = '0', quietMs = '0'] = process.argv.slice(2);
let heard = 0;
let heardAt = 0;
const watcher = watch(directory, { ignoreInitial: true });
watcher.on('add', () => {
  heard += 1;
  heardAt = performance.now();
});
await new Promise<void>((resolve) => watcher.once('ready', resolve));
process.send?.('ready');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(blockMs));
heardAt = performance.now();
while (performance.now() - heardAt < Number(quietMs))
  await new Promise((resolve) => setTimeout(resolve, 100));
process.send?.(heard);
process.exit(0);
