/** `hoist watch`: which folders it takes, what it remembers, what it says at the end. */
import { chmod, chown, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, type TestContext, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import { startHoist } from './child.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});
async function terminal(options: TerminalOptions = {}): Promise<Terminal> {
  const opened = await openTerminal(options);
  open.push(opened);
  return opened;
}
async function makeFolder(t: Terminal, name: string): Promise<string> {
  const path = join(t.dir, name);
  await mkdir(path, { recursive: true });
  return path;
}

test('watch remembers the folder with its rules, prints links as they come, and Ctrl-C keeps it', async () => {
  const t = await terminal();
  const folder = await makeFolder(t, 'w');
  const argv = [
    'watch',
    'w',
    '--to',
    'demo-flora',
    '--ignore',
    '*.tmp',
    '--settle',
    '5s',
    '--after',
    'move=done',
  ];
  const ended = t.hoist(...argv);
  await t.sees('Watching');
  t.engine.add(join(folder, 'a'), { watchFolderId: 'folder-1' });
  t.engine.add('/elsewhere');
  t.engine.complete(1);
  t.engine.complete(2);
  await t.sees('assets.example.com/1');
  t.interrupt();
  expect(await ended).toBe(130);
  expect(t.out()).toBe('https://assets.example.com/1\n');
  expect(t.err()).toContain('The folder stays remembered');
  const { folders } = await t.engine.service.snapshot();
  expect(folders.map((view) => view.folder)).toMatchObject([
    {
      path: folder,
      existing: 'baseline',
      ignore: ['*.tmp'],
      settleMs: 5000,
      changed: 'new',
      after: { kind: 'move', directory: 'done' },
    },
  ]);

  const again = t.hoist('watch', 'w', '--settle', '1s');
  await t.sees('was remembered already. Now files must rest for 1 s (was 5 s); its other rules stay.');
  t.interrupt();
  await again;
  const after = (await t.engine.service.snapshot()).folders;
  expect(after.map((view) => view.folder)).toMatchObject([{ settleMs: 1000, ignore: ['*.tmp'] }]);
  expect(await t.hoist('watch', 'w', '--to', 'demo-flora', '--once')).toBe(2);

  const redirected = t.hoist('watch', 'w', '--to', 'demo-runflow');
  await t.sees('Now it goes to demo-runflow (was demo-flora); its other rules stay.');
  await t.sees('What is in the queue still goes to demo-flora.');
  await t.sees('Originals are still moved to done; --after keep ends that.');
  t.interrupt();
  await redirected;
});

test('watch --once sends what is there, also jobs of an earlier time, and remembers nothing', async () => {
  const t = await terminal();
  const folder = await makeFolder(t, 'w');
  t.engine.add(join(folder, 'from-before'));
  const ended = t.hoist('watch', 'w', '--to', 'demo-flora', '--once');
  await t.sees('Sending all of');
  t.engine.add(join(folder, 'new'), { watchFolderId: 'folder-1' });
  t.engine.complete(2);
  await t.sees('assets.example.com/2');
  t.engine.letFoldersRest();
  t.engine.block(1, failure('empty-file'));
  expect(await ended).toBe(3);
  const call = t.engine.calls.find(({ name }) => name === 'addWatchFolder');
  expect(call?.args[0]).toMatchObject({ path: folder, existing: 'include', isTemporary: true });
  expect((await t.engine.service.snapshot()).folders).toEqual([]);
});

test('watch --once that is interrupted leaves no folder either', async () => {
  const t = await terminal();
  await makeFolder(t, 'w');
  const ended = t.hoist('watch', 'w', '--to', 'demo-flora', '--once');
  await t.sees('Sending all of');
  t.interrupt();
  expect(await ended).toBe(130);
  expect((await t.engine.service.snapshot()).folders).toEqual([]);
});

test('a folder that is not there, and a file, are refused before anything is remembered', async () => {
  const t = await terminal();
  await writeFile(join(t.dir, 'file.txt'), 'no folder');
  for (const once of [[], ['--once']]) {
    expect(await t.hoist('watch', 'typo', '--to', 'demo-flora', ...once)).toBe(2);
    expect(t.err()).toContain(`There is no folder ${join(t.dir, 'typo')}.`);
    expect(await t.hoist('watch', 'file.txt', '--to', 'demo-flora', ...once)).toBe(2);
    expect(t.err()).toContain('file.txt is no folder; hoist upload takes files.');
  }
  expect(t.engine.calls.filter(({ name }) => name === 'addWatchFolder')).toEqual([]);
});

test('a remembered folder may be away; what was in it at the beginning cannot be asked for afterwards', async () => {
  const t = await terminal();
  const path = join(t.dir, 'away');
  await t.engine.service.addWatchFolder({ path, destinationId: 'demo-flora', settleMs: 5000 } as never);
  const existing = ['watch', 'away', '--to', 'demo-flora', '--existing', '--settle', '1s'];
  expect(await t.hoist(...existing)).toBe(2);
  expect(t.err()).toContain(`To send that, too: hoist upload ${path} --to demo-flora`);
  const settle = async () => (await t.engine.service.snapshot()).folders[0]?.folder.settleMs;
  expect(await settle()).toBe(5000);
  const ended = t.hoist('watch', 'away', '--to', 'demo-flora', '--settle', '1s');
  await t.sees('was remembered already');
  t.interrupt();
  expect(await ended).toBe(130);
  expect(await settle()).toBe(1000);
});

test('a path over a link is the remembered folder, and its files are followed', async () => {
  const t = await terminal();
  const folder = await realpath(await makeFolder(t, 'real'));
  await symlink(folder, join(t.dir, 'link'));
  await t.engine.service.addWatchFolder({ path: folder, destinationId: 'demo-flora' } as never);
  const ended = t.hoist('watch', 'link', '--to', 'demo-flora');
  await t.sees(`${folder} was remembered already`);
  await t.engine.whenCalled('changesSince');
  t.engine.add(join(folder, 'a'));
  t.engine.complete(1);
  await t.sees('assets.example.com/1');
  t.interrupt();
  expect(await ended).toBe(130);
  expect((await t.engine.service.snapshot()).folders).toHaveLength(1);
});

test('a remembered folder keeps its destination where none is named', async () => {
  const t = await terminal();
  const path = await makeFolder(t, 'w');
  await t.engine.service.updateSettings({ defaultDestinationId: 'demo-cyberun' });
  await t.engine.service.addWatchFolder({ path, destinationId: 'demo-runflow' } as never);
  const ended = t.hoist('watch', 'w');
  await t.sees('Watching');
  t.interrupt();
  await ended;
  expect(t.err()).toContain('for demo-runflow.');
  expect((await t.engine.service.snapshot()).folders[0]?.folder.destinationId).toBe('demo-runflow');
});

test('watch --once prints the links of files that were up already, of each file the newest', async () => {
  const t = await terminal();
  const folder = await makeFolder(t, 'w');
  t.engine.add(join(folder, 'changed'));
  t.engine.complete(1);
  t.engine.add(join(folder, 'changed'));
  t.engine.complete(2);
  t.engine.add(join(folder, 'gave-up'));
  t.engine.fail(3, failure('timeout'));
  t.engine.add(join(folder, 'to-another'), { destinationId: 'demo-runflow' });
  t.engine.complete(4);
  t.engine.add('/elsewhere');
  t.engine.complete(5);
  t.engine.letFoldersRest();
  // A file that never came up is not all well, whenever that was.
  expect(await t.hoist('watch', 'w', '--to', 'demo-flora', '--once')).toBe(1);
  expect(t.out()).toBe('https://assets.example.com/2\n');
  expect(t.err()).toContain('1 file had been up already.');
  expect(t.err()).toMatch(/Failed .*gave-up/);
});

test('the summary tells how many files a rule left out', async () => {
  const t = await terminal();
  await makeFolder(t, 'w');
  const ended = t.hoist('watch', 'w', '--to', 'demo-flora', '--once', '--json');
  await t.engine.whenCalled('whenWatchFolderIdle');
  t.engine.setHealth('folder-1', { ignored: 3 });
  t.engine.letFoldersRest();
  expect(await ended).toBe(0);
  expect(t.records().at(-1)).toMatchObject({ type: 'summary', ignored: 3, refused: 0 });
});

test('watch --once counts a folder that says that it could not read all', async () => {
  const t = await terminal();
  await makeFolder(t, 'w');
  const ended = t.hoist('watch', 'w', '--to', 'demo-flora', '--once');
  await t.engine.whenCalled('whenWatchFolderIdle');
  t.engine.setHealth('folder-1', { reason: 'sub cannot be read.', unreadFolders: 1, state: 'unreliable' });
  t.engine.letFoldersRest();
  expect(await ended).toBe(1);
  expect(t.err()).toContain('sub cannot be read.');
  expect(t.err()).toContain('1 refused');
});

const nobody = 65_534;

/** Runs the real command as somebody who has no rights: root may read everything. */
async function asNobody(context: TestContext) {
  if (process.platform === 'win32') context.skip('not run: no POSIX rights');
  const isRoot = process.getuid?.() === 0;
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'hoist-watch-')));
  const dataDir = join(dir, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  await mkdir(join(dir, 'w', 'sub'), { recursive: true });
  await writeFile(join(dir, 'w', 'a.txt'), 'a');
  if (isRoot) for (const path of [dir, dataDir]) await chown(path, nobody, nobody);
  onTestFinished(async () => {
    for (const path of ['w', 'w/sub']) await chmod(join(dir, path), 0o700);
    await rm(dir, { recursive: true, force: true });
  });
  const run = async (...argv: readonly string[]) => {
    const child = startHoist(dataDir, argv, { cwd: dir, ...(isRoot ? { uid: nobody } : {}) });
    return { code: await child.ended, out: child.out(), err: child.err() };
  };
  if ((await run('--version')).code !== 0) context.skip('not run: nobody may not read the sources');
  return { dir, run };
}

test('a folder that may not be read is refused', async (context) => {
  const { dir, run } = await asNobody(context);
  await chmod(join(dir, 'w'), 0o000);
  for (const once of [[], ['--once']]) {
    const watched = await run('watch', 'w', '--to', 'demo-cyberun', ...once);
    expect(watched).toMatchObject({ code: 1, out: '' });
    expect(watched.err).toContain(`Hoist may not read the folder ${join(dir, 'w')}.`);
  }
  expect(await run('folders', 'list', '--json')).toMatchObject({ code: 0, out: '' });
});

test('watch --once sends what it can, and says which folder below it could not read', async (context) => {
  const { dir, run } = await asNobody(context);
  await chmod(join(dir, 'w', 'sub'), 0o000);
  const once = await run('watch', 'w', '--to', 'demo-cyberun', '--once', '--settle', '100ms');
  expect(once.err).toContain('1 completed');
  expect(once.err).toContain('The folder sub cannot be read; what it holds is not known.');
  expect(once.code).toBe(1);
  expect(once.out).toMatch(/a\.txt\n$/);
});
