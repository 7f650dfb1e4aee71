import { appendFileSync, rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { WatchFile } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import { SettlingList } from '../../electron/watch/settling-list.ts';
import { Scene } from './support/scene.ts';

let scene: Scene;
afterEach(() => scene?.close());

/** Waits for the folder to be idle, and tells what had been offered by then. */
function offersWhenIdle(): Promise<readonly string[]> {
  return scene.watcher
    .idle('folder')
    .then(() =>
      scene.sink.offers.map(({ kind, path, version }) => `${kind} ${path} ${version.split('/')[0]}`),
    );
}

test('idle waits for a file that grows, and for what came meanwhile', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('film.mp4', Buffer.alloc(1000));
  const idle = offersWhenIdle();
  await scene.clock.until(() => scene.watcher.settling().length === 1);
  for (let second = 1; second <= 10; second++) {
    appendFileSync(scene.path('film.mp4'), Buffer.alloc(1000));
    await scene.watcher.scan('folder');
    scene.clock.advance(1900);
    expect(scene.sink.offers).toEqual([]);
  }
  scene.write('sidecar.xmp', 'x');
  expect((await scene.clock.during(idle)).toSorted()).toEqual([
    'settled film.mp4 11000',
    'settled sidecar.xmp 1',
  ]);
});

test.each([
  ['while it is handed on', false],
  ['after it was handed on', true],
])('idle waits for a file that changes %s', async (_when, isAfter) => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg', 'one');
  const { sink } = scene;
  const settled = sink.settled.bind(sink);
  sink.settled = async (folder, files) => {
    const ids = isAfter ? await settled(folder, files) : [];
    scene.write('a.jpg', 'other');
    return isAfter ? ids : settled(folder, files);
  };
  expect(await scene.clock.during(offersWhenIdle())).toEqual(['settled a.jpg 3', 'changed a.jpg 5']);
});

test('idle waits for a file that the queue does not take at first', async () => {
  scene = new Scene();
  await scene.watch();
  scene.sink.failures.set('settled', Array(5).fill(new UploadError('disk-full')));
  scene.write('a.jpg', 'one');
  expect(await scene.clock.during(offersWhenIdle())).toEqual(['settled a.jpg 3']);
});

test('idle ends, and tells why, when the folder goes away or is left', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg');
  const gone = scene.watcher.idle('folder');
  await scene.clock.until(() => scene.watcher.settling().length === 1);
  rmSync(scene.root, { recursive: true });
  await expect(scene.clock.during(gone)).rejects.toMatchObject({ code: 'file-missing' });
  const left = scene.watcher.idle('folder');
  const [answer] = await Promise.allSettled([left, scene.watcher.unwatch('folder')]);
  expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'file-missing' } });
});

test('a file that may not be read keeps the folder busy three times, then no more until it changes', () => {
  const files = new SettlingList();
  const file: WatchFile = {
    folderId: 'folder',
    relativePath: 'a.jpg',
    sizeBytes: 1,
    mtimeNs: '1',
    inode: '1:1',
    fileClass: 'settling',
    rule: null,
    jobId: null,
    seenAt: 0,
  };
  const wait = { settleMs: 2000, isNetwork: false };
  const unreadable = { reason: 'Hoist may not read the file.', isUnreadable: true };
  expect(files.isCalm()).toBe(true);
  files.read(file, null, { now: 0, monotonic: 0 }, wait);
  const calm = [1, 2, 3, 4].map(() => {
    files.holdBack('a.jpg', unreadable, 0);
    return files.isCalm();
  });
  expect(calm).toEqual([false, false, true, true]);
  files.read({ ...file, sizeBytes: 2 }, null, { now: 0, monotonic: 0 }, wait);
  expect(files.isCalm()).toBe(false);
  // Another program that holds it is not for ever.
  for (let times = 0; times < 9; times++) {
    files.holdBack('a.jpg', { reason: 'Another program holds the file.', isUnreadable: false }, 0);
  }
  expect(files.isCalm()).toBe(false);
  files.delete('a.jpg');
  expect(files.isCalm()).toBe(true);
});
