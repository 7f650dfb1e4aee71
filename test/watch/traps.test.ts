import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Scene } from './support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

test('links are not followed, and nothing but regular files is opened', async (context) => {
  if (process.platform === 'win32') context.skip('not run: no FIFOs');
  scene = new Scene();
  writeFileSync(join(scene.base, 'private.txt'), 'private');
  mkdirSync(join(scene.base, 'outside'));
  writeFileSync(join(scene.base, 'outside/inside.txt'), 'private');
  symlinkSync(join(scene.base, 'private.txt'), scene.path('link.txt'));
  symlinkSync(join(scene.base, 'outside'), scene.path('link-to-folder'));
  symlinkSync(scene.root, scene.path('loop'));
  execFileSync('mkfifo', [scene.path('pipe')]);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(scene.path('socket'), resolve));
  try {
    scene.write('real.txt');
    await scene.watch();
    await scene.quiet();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  expect(scene.sink.offered()).toEqual(['real.txt']);
  expect(scene.sink.rows.get('link.txt')?.rule).toBe('a symbolic link: links are not followed');
  expect(scene.sink.rows.get('pipe')?.rule).toBe('not a regular file');
  expect(scene.sink.classes()).toMatchObject({
    'link-to-folder': 'ignored',
    'link.txt': 'ignored',
    loop: 'ignored',
    pipe: 'ignored',
    'real.txt': 'job',
  });
});

test('a folder that is swapped for a link to outside leads nowhere', async () => {
  scene = new Scene();
  mkdirSync(join(scene.base, 'outside'));
  writeFileSync(join(scene.base, 'outside/a.txt'), 'private');
  await scene.watch();
  scene.write('sub/a.txt', 'mine');
  await scene.watcher.scan('folder');
  rmSync(scene.path('sub'), { recursive: true });
  symlinkSync(join(scene.base, 'outside'), scene.path('sub'));
  await expect(scene.watcher.sendNow('folder', 'sub/a.txt')).rejects.toMatchObject({ code: 'not-found' });
  await scene.quiet();
  expect(scene.sink.offers).toEqual([]);
  expect(scene.sink.classes()).toEqual({ sub: 'ignored' });
});

test('names that are not UTF-8 are told, and names that look alike are two files', async (context) => {
  if (process.platform !== 'linux') context.skip('not run: names are text on this system');
  scene = new Scene();
  writeFileSync(
    Buffer.concat([Buffer.from(`${scene.root}/bad`), Buffer.from([0xff]), Buffer.from('.txt')]),
    'x',
  );
  const folder = Buffer.concat([Buffer.from(`${scene.root}/dir`), Buffer.from([0xfe])]);
  mkdirSync(folder);
  writeFileSync(Buffer.concat([folder, Buffer.from('/fine.txt')]), 'x');
  scene.write('caf\u00e9.jpg');
  scene.write('cafe\u0301.jpg');
  scene.write('A.png');
  scene.write('a.png');
  scene.write('\uFFFD.txt');
  scene.write('a"\r\nb\\c.txt');
  await scene.watch();
  await scene.quiet();
  expect(scene.sink.classes()).toEqual({
    'A.png': 'job',
    'a.png': 'job',
    'a"\r\nb\\c.txt': 'job',
    'bad\\xff.txt': 'ignored',
    'cafe\u0301.jpg': 'job',
    'caf\u00e9.jpg': 'job',
    'dir\\xfe/fine.txt': 'ignored',
    '\uFFFD.txt': 'job',
  });
  expect(scene.sink.rows.get('bad\\xff.txt')?.rule).toBe('a name that is not valid UTF-8');
});

test('two hard links are two files, and stay so', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg');
  await scene.quiet();
  linkSync(scene.path('a.jpg'), scene.path('b.jpg'));
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg', 'b.jpg']);
  renameSync(scene.path('a.jpg'), scene.path('c.jpg'));
  await scene.quiet();
  expect(scene.sink.moves).toMatchObject([{ from: 'a.jpg', to: 'c.jpg' }]);
});

test('a missing folder is offline, nothing is deleted, and it goes on when it is back', async () => {
  scene = new Scene();
  scene.write('a.jpg');
  await scene.watch();
  await scene.quiet();
  const away = join(scene.base, 'away');
  renameSync(scene.root, away);
  await scene.watcher.scan('folder');
  expect(scene.health()).toMatchObject({ state: 'offline', reason: 'The folder is not there.', jobs: 1 });
  scene.clock.advance(3_600_000);
  expect(scene.sink.classes()).toEqual({ 'a.jpg': 'job' });
  await expect(scene.watcher.idle('folder')).rejects.toMatchObject({ code: 'file-missing' });
  writeFileSync(join(away, 'b.jpg'), 'b');
  renameSync(away, scene.root);
  await scene.healthIs(({ state }) => state === 'watching');
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg', 'b.jpg']);
});

test('a folder that is missing when it is first watched is taken when it comes', async () => {
  scene = new Scene({ existing: 'baseline' });
  rmSync(scene.root, { recursive: true });
  await scene.watch();
  expect(scene.health()).toMatchObject({ state: 'offline' });
  mkdirSync(scene.root);
  scene.write('there-already.jpg');
  await scene.healthIs(({ state }) => state === 'watching');
  scene.write('new.jpg');
  await scene.quiet();
  expect(scene.sink.classes()).toEqual({ 'new.jpg': 'job', 'there-already.jpg': 'baseline' });
});

async function watchesWhatIsMadeAgain(pauseMs: number): Promise<void> {
  scene = new Scene();
  scene.write('a.jpg');
  await scene.watch();
  await scene.quiet();
  rmSync(scene.root, { recursive: true });
  for (const until = performance.now() + pauseMs; performance.now() < until; );
  mkdirSync(scene.root);
  scene.write('b.jpg');
  await scene.quiet();
  let writes = 0;
  const before = scene.health().lastEventAt ?? 0;
  await scene.clock.until(() => {
    scene.write('event.part', `${writes++}`);
    return (scene.health().lastEventAt ?? 0) > before;
  });
  await scene.clock.until(() => !scene.sink.rows.has('a.jpg'));
  expect(scene.sink.offered()).toEqual(['a.jpg', 'b.jpg']);
}

test('a folder that is deleted and made again is watched again', async () => {
  // What hears events may look at the folder before, between or after, and find the same inode.
  for (const pauseMs of [0, 0.2, 0.5, 0.8, 1.2, 1.6, 2, 2.5, 3, 4]) {
    await watchesWhatIsMadeAgain(pauseMs);
    await scene.close();
  }
});

test('whoever waits for a folder that was away a moment ago, and is back, waits for its files', async () => {
  scene = new Scene();
  await scene.watch();
  await scene.quiet();
  const away = join(scene.base, 'away');
  renameSync(scene.root, away);
  await scene.watcher.scan('folder');
  // What the events of the renaming began is over when another scan is.
  await scene.watcher.scan('folder');
  expect(scene.health()).toMatchObject({ state: 'offline' });
  renameSync(away, scene.root);
  scene.write('a.jpg');
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg']);
});

test('an empty folder on another device than before is a volume that is gone', async () => {
  scene = new Scene();
  scene.write('a.jpg');
  await scene.watch();
  await scene.quiet();
  await scene.watcher.close();
  for (const [path, row] of scene.sink.rows) {
    scene.sink.rows.set(path, { ...row, inode: row.inode.replace(/^\d+:/, '9999:') });
  }
  rmSync(scene.path('a.jpg'));
  await scene.restart();
  await scene.healthIs(({ state }) => state === 'offline');
  expect(scene.sink.classes()).toEqual({ 'a.jpg': 'job' });
});

test('a job that is deleted and written again is newer content, not a new file', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg', 'one');
  await scene.quiet();
  rmSync(scene.path('a.jpg'));
  await scene.watcher.scan('folder');
  expect(scene.health()).toMatchObject({ seen: 0 });
  scene.write('a.jpg', 'three');
  await scene.quiet();
  expect(scene.sink.offers.map(({ kind }) => kind)).toEqual(['settled', 'changed']);
});

test('files of every class that go away are not counted any more', async () => {
  scene = new Scene({ existing: 'baseline' });
  scene.write('old.jpg');
  await scene.watch();
  scene.write('job.jpg');
  scene.write('x.part');
  await scene.quiet();
  scene.write('settling.jpg');
  await scene.watcher.scan('folder');
  expect(scene.health()).toMatchObject({ seen: 4, baseline: 1, ignored: 1, settling: 1, jobs: 1 });
  for (const name of ['old.jpg', 'job.jpg', 'x.part', 'settling.jpg']) rmSync(scene.path(name));
  await scene.watcher.scan('folder');
  expect(scene.health()).toMatchObject({ seen: 0, baseline: 0, ignored: 0, settling: 0, jobs: 0 });
  await scene.clock.until(() => Object.keys(scene.sink.classes()).length === 0);
});
