import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { Scene } from './support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

test('folders that must not be watched are refused by their real path', async () => {
  scene = new Scene();
  await scene.watch();
  const refused = (path: string) =>
    expect(scene.watcher.watch({ ...scene.folder, id: 'other', path })).rejects.toMatchObject({
      code: 'folder-refused',
    });
  mkdirSync(scene.path('sub'));
  symlinkSync(scene.path('sub'), join(scene.base, 'link'));
  writeFileSync(join(scene.base, 'file'), '');
  await refused('/');
  await refused(scene.base);
  await refused(join(scene.base, 'home'));
  await refused(join(scene.base, 'data'));
  await refused(join(scene.base, 'link'));
  await refused(join(scene.base, 'file'));
  await refused(scene.root);
  expect(scene.watcher.health()).toHaveLength(1);
  expect(scene.health()).toMatchObject({ folderId: 'folder' });
});

test('a preview counts what would go and names what would not', async () => {
  scene = new Scene();
  scene.write('b.jpg', 'bb');
  scene.write('a/a.jpg', 'aaa');
  scene.write('a/x.part');
  scene.write('drafts/one.jpg');
  scene.write('drafts/two.jpg');
  const { id: _, ...draft } = scene.folder;
  expect(await scene.watcher.preview({ ...draft, ignore: ['drafts/'] }, null)).toEqual({
    files: 2,
    bytes: 5,
    first: [
      { relativePath: 'b.jpg', sizeBytes: 2 },
      { relativePath: 'a/a.jpg', sizeBytes: 3 },
    ],
    ignored: [
      { rule: 'drafts/ (a rule of this folder)', files: 2, example: 'drafts/one.jpg' },
      { rule: '*.part (an unfinished download)', files: 1, example: 'a/x.part' },
    ],
    ignoredFiles: 3,
  });
  expect(scene.sink.rows.size).toBe(0);
  await expect(scene.watcher.preview({ ...draft, path: scene.path('none') }, null)).rejects.toMatchObject({
    code: 'folder-refused',
  });
});

test('a tree is walked with its versions, regular files only, in a stable order', async () => {
  scene = new Scene();
  for (let index = 0; index < 1200; index++) scene.write(`many/${String(index).padStart(4, '0')}.jpg`, 'x');
  scene.write('a.jpg', 'four');
  scene.write('a.tmp');
  symlinkSync(scene.path('a.jpg'), scene.path('link'));
  const ignored: string[] = [];
  const files: string[] = [];
  for await (const { path, version } of scene.watcher.walk(
    scene.root,
    { ignore: ['0007.jpg'] },
    ({ path, rule }) => ignored.push(`${path.slice(scene.root.length)}: ${rule}`),
  )) {
    files.push(path);
    if (path.endsWith('/a.jpg')) expect(version).toMatchObject({ sizeBytes: 4 });
    expect(version.inode).toMatch(/^\d+:\d+$/);
  }
  expect(files).toHaveLength(1200);
  expect(files.slice(0, 3)).toEqual([
    scene.path('a.jpg'),
    scene.path('many/0000.jpg'),
    scene.path('many/0001.jpg'),
  ]);
  expect(ignored).toEqual([
    '/a.tmp: *.tmp (a temporary file)',
    '/link: a symbolic link: links are not followed',
    '/many/0007.jpg: 0007.jpg (a rule of this folder)',
  ]);
  const walkNothing = async () => {
    for await (const _ of scene.watcher.walk(scene.path('none'), { ignore: [] })) expect.unreachable();
  };
  await expect(walkNothing()).rejects.toMatchObject({ code: 'file-missing' });
});

test('the folder that files are moved to is left out, and rules may change while watching', async () => {
  scene = new Scene({ after: { kind: 'move', directory: 'sent' }, ignore: ['*.txt'] });
  scene.write('sent/a.jpg');
  scene.write('b.jpg');
  scene.write('c.txt');
  await scene.watch();
  await scene.quiet();
  expect(scene.sink.classes()).toEqual({ 'b.jpg': 'job', 'c.txt': 'ignored' });
  expect(scene.watcher.ruleFor(scene.folder, 'sent/a.jpg', 1)).toBe(
    'the folder that files are moved to after their upload',
  );
  expect(scene.watcher.ruleFor(scene.folder, 'c.txt', 1)).toBe('*.txt (a rule of this folder)');
  expect(scene.watcher.ruleFor(scene.folder, 'b.jpg', 1)).toBeNull();
  await scene.watch({ ignore: ['*.jpg'] });
  await scene.quiet();
  expect(scene.sink.classes()).toEqual({ 'b.jpg': 'job', 'c.txt': 'job' });
});

test('files that outgrow the limits are ignored, and those that grow into them settle', async () => {
  scene = new Scene({ minBytes: 2, maxBytes: 4 });
  scene.write('grows.jpg', '1');
  scene.write('outgrows.jpg', '1234');
  await scene.watch();
  await scene.watcher.scan('folder');
  expect(scene.sink.classes()).toEqual({ 'grows.jpg': 'ignored' });
  expect(scene.watcher.settling().map((file) => file.relativePath)).toEqual(['outgrows.jpg']);
  scene.write('grows.jpg', '12');
  scene.write('outgrows.jpg', '12345');
  await scene.quiet();
  expect(scene.sink.classes()).toEqual({ 'grows.jpg': 'job', 'outgrows.jpg': 'ignored' });
  expect(scene.sink.rows.get('outgrows.jpg')?.rule).toBe('larger than 4 B');
});

test('folders do not disturb each other', async () => {
  scene = new Scene();
  const other = join(scene.base, 'other');
  mkdirSync(other);
  await scene.watch();
  await scene.watcher.watch({ ...scene.folder, id: 'other', path: other });
  rmSync(scene.root, { recursive: true });
  await scene.watcher.scan('folder');
  writeFileSync(join(other, 'a.jpg'), 'a');
  await scene.clock.during(scene.watcher.idle('other'));
  expect(scene.watcher.health().map(({ folderId, state }) => `${folderId} ${state}`)).toEqual([
    'folder offline',
    'other watching',
  ]);
  expect(scene.sink.offered()).toEqual(['a.jpg']);
  await scene.watcher.unwatch('other');
  expect(scene.watcher.health()).toHaveLength(1);
  await expect(scene.watcher.scan('other')).rejects.toMatchObject({ code: 'not-found' });
});

test('after it was closed nothing is left: no timer, no thread', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg');
  await scene.watcher.scan('folder');
  await scene.watcher.close();
  expect(scene.clock.timers).toBe(0);
  expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toEqual([]);
});

test('health is told at most four times a second', async () => {
  scene = new Scene();
  await scene.watch();
  for (let round = 0; round < 20; round++) {
    scene.write(`${round}.jpg`);
    await scene.watcher.scan('folder');
  }
  const told = scene.sink.healths.length;
  scene.clock.advance(249);
  expect(scene.sink.healths.length).toBeLessThanOrEqual(told + 1);
  await scene.quiet();
  expect(scene.health()).toMatchObject({ seen: 20, jobs: 20 });
});

test('when inotify has no watches left the folder is polled, and everything is found', (context) => {
  scene = new Scene();
  const script = fileURLToPath(new URL('./support/few-watches-child.ts', import.meta.url));
  const canUnshare =
    process.platform === 'linux' &&
    spawnSync('unshare', ['-Ur', 'sh', '-c', 'echo 10 > /proc/sys/user/max_inotify_watches']).status === 0;
  if (!canUnshare) context.skip('not run: no user namespace with a limit of its own');
  for (let index = 0; index < 20; index++) mkdirSync(scene.path(`dir-${index}`));
  const limited = `echo 10 > /proc/sys/user/max_inotify_watches && exec "$0" "$1" "$2"`;
  const args = ['-Ur', 'sh', '-c', limited, process.execPath, script, scene.root];
  const answer = JSON.parse(execFileSync('unshare', args, { encoding: 'utf8' }));
  expect(answer).toMatchObject({ state: 'polling', offers: 20 });
  expect(answer.reason).toMatch(/inotify watches \(10\) is reached.*max_user_watches/);
});
