import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { Scene } from './support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

test('a file that comes settles and is offered once', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg');
  scene.write('deep/er/b.jpg');
  await scene.clock.until(() => scene.sink.offers.length === 2);
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg', 'deep/er/b.jpg']);
  expect(scene.sink.classes()).toEqual({ 'a.jpg': 'job', 'deep/er/b.jpg': 'job' });
  expect(scene.health()).toMatchObject({ state: 'watching', seen: 2, jobs: 2, settling: 0 });
  let writes = 0;
  await scene.clock.until(() => {
    scene.write('event.part', `${writes++}`);
    return scene.health().lastEventAt !== null;
  });
});

test('files that are found together are offered by name', async () => {
  scene = new Scene();
  for (const name of ['c.jpg', 'a.jpg', 'e.jpg', 'b.jpg', 'd.jpg']) scene.write(name);
  await scene.watch();
  await scene.quiet();
  expect(scene.sink.offers.map(({ path }) => path)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']);
});

test('what is there when a folder is added stays, what comes later goes up', async () => {
  scene = new Scene();
  scene.write('old.jpg');
  scene.write('old.part');
  await scene.watch({ existing: 'baseline' });
  expect(scene.sink.classes()).toEqual({ 'old.jpg': 'baseline', 'old.part': 'ignored' });
  scene.write('new.jpg');
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['new.jpg']);
  // New content in a baseline file was not there when the folder was added.
  scene.write('old.jpg', 'other content');
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['new.jpg', 'old.jpg']);
  expect(scene.health()).toMatchObject({ seen: 3, baseline: 0, ignored: 1, settling: 0, jobs: 2 });
});

test('an empty folder that was added is no new folder after a restart', async () => {
  scene = new Scene({ existing: 'baseline' });
  await scene.watch();
  await scene.watcher.close();
  scene.write('added-while-closed.jpg');
  await scene.restart();
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['added-while-closed.jpg']);
});

test('a baseline file that is renamed stays baseline', async () => {
  scene = new Scene({ existing: 'baseline' });
  scene.write('old.jpg');
  await scene.watch();
  mkdirSync(scene.path('sub'));
  renameSync(scene.path('old.jpg'), scene.path('sub/older.jpg'));
  await scene.quiet();
  expect(scene.sink.classes()).toEqual({ 'sub/older.jpg': 'baseline' });
  expect(scene.sink.offers).toEqual([]);
});

test('added, changed, renamed and deleted while closed is caught up with', async () => {
  scene = new Scene();
  for (const name of ['kept.jpg', 'changed.jpg', 'renamed.jpg', 'deleted.jpg']) scene.write(name);
  await scene.watch();
  await scene.quiet();
  await scene.watcher.close();
  scene.write('added.jpg');
  scene.write('changed.jpg', 'longer than before');
  renameSync(scene.path('renamed.jpg'), scene.path('other-name.jpg'));
  rmSync(scene.path('deleted.jpg'));
  scene.sink.offers.length = 0;
  await scene.restart();
  await scene.quiet();
  expect(scene.sink.offers.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([
    'changed changed.jpg',
    'settled added.jpg',
  ]);
  expect(scene.sink.moves).toMatchObject([{ from: 'renamed.jpg', to: 'other-name.jpg' }]);
  await scene.clock.until(() => !scene.sink.rows.has('deleted.jpg'));
  expect(scene.sink.classes()).toEqual({
    'added.jpg': 'job',
    'changed.jpg': 'job',
    'kept.jpg': 'job',
    'other-name.jpg': 'job',
  });
  expect(scene.health()).toMatchObject({ seen: 4, jobs: 4 });
});

test('a disk whose device number changed holds no new files', async () => {
  scene = new Scene();
  scene.write('a.jpg');
  await scene.watch();
  await scene.quiet();
  await scene.watcher.close();
  for (const [path, row] of scene.sink.rows) {
    scene.sink.rows.set(path, { ...row, inode: row.inode.replace(/^\d+:/, '9999:') });
  }
  await scene.restart();
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg']);
  expect(scene.health()).toMatchObject({ state: 'watching', jobs: 1 });
});

test('a burst with temporary names, slow growth and later changes loses and doubles nothing', async () => {
  scene = new Scene();
  await scene.watch();
  for (let round = 0; round < 10; round++) {
    for (let index = 0; index < 50; index++) {
      const name = `batch-${round}/file-${index}.jpg`;
      scene.write(`${name}.part`, `${name} half`);
      scene.write(`${name}.part`, name);
      renameSync(scene.path(`${name}.part`), scene.path(name));
    }
    scene.write(`batch-${round}/left.crdownload`);
    scene.clock.advance(100);
  }
  await scene.quiet();
  expect(scene.sink.offers).toHaveLength(500);
  expect(new Set(scene.sink.offered()).size).toBe(500);
  for (let round = 0; round < 10; round++) scene.write(`batch-${round}/file-0.jpg`, `changed ${round}`);
  await scene.quiet();
  expect(scene.sink.offers.filter(({ kind }) => kind === 'changed')).toHaveLength(10);
  expect(scene.health()).toMatchObject({ seen: 510, baseline: 0, ignored: 10, settling: 0, jobs: 500 });
});

test('a hundred directories that are made, filled and renamed at once lose nothing', async () => {
  scene = new Scene();
  await scene.watch();
  for (let round = 0; round < 100; round++) {
    scene.write(`in-${round}/sub/a.tmp`, 'a');
    renameSync(scene.path(`in-${round}/sub/a.tmp`), scene.path(`in-${round}/sub/a.jpg`));
    scene.write(`in-${round}/b.jpg`, 'b');
    renameSync(scene.path(`in-${round}`), scene.path(`out-${round}`));
  }
  await scene.quiet();
  expect(scene.sink.offers).toHaveLength(200);
  expect(scene.health()).toMatchObject({ seen: 200, jobs: 200 });
});

test('20,000 files while the main loop is blocked are all found', async () => {
  scene = new Scene();
  await scene.watch();
  mkdirSync(scene.path('many'));
  for (let index = 0; index < 20_000; index++) writeFileSync(scene.path(`many/${index}.jpg`), '');
  const { sink } = scene;
  const settled = sink.settled.bind(sink);
  const batches: number[] = [];
  sink.settled = (folder, files) => {
    batches.push(files.length);
    return settled(folder, files);
  };
  await scene.quiet();
  expect(scene.sink.offers).toHaveLength(20_000);
  expect(Math.max(...batches)).toBe(500);
  expect(batches.length).toBeLessThan(200);
  expect(scene.health()).toMatchObject({ seen: 20_000, jobs: 20_000 });
});

test('times of cameras that are wrong do not matter', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('future.jpg');
  utimesSync(scene.path('future.jpg'), new Date('2099-01-01'), new Date('2099-01-01'));
  scene.write('past.jpg');
  utimesSync(scene.path('past.jpg'), new Date('1969-06-01'), new Date('1969-06-01'));
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['future.jpg', 'past.jpg']);
});
