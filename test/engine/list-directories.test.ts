/** Choosing a folder on a real file system. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listDirectories, mostDirectories } from '../../electron/engine/list-directories.ts';
import { temporaryDirectory } from '../support/temporary.ts';

async function folderWith(...names: readonly string[]): Promise<string> {
  const path = await temporaryDirectory();
  for (const name of names) await mkdir(join(path, name));
  return path;
}
/** Root may read everything, so another user has to try; null where no process can become one. */
async function listedByNobody(path: string): Promise<unknown> {
  const module = new URL('../../electron/engine/list-directories.ts', import.meta.url).href;
  const script = `
    const { listDirectories } = await import(${JSON.stringify(module)});
    try {
      process.setgid(65534);
      process.setuid(65534);
    } catch {
      process.stdout.write('null');
      process.exit(0);
    }
    process.stdout.write(JSON.stringify(await listDirectories(${JSON.stringify(path)}, '/')));`;
  const child = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(child.stdout);
}

const nothing = { directories: [], isCut: false };

describe('the folders in a folder', () => {
  it('come as a person sorts, without files and hidden ones', async () => {
    const path = await folderWith('take 10', 'Take 2', 'take 1', 'b', 'A', '.git', 'Ä');
    await writeFile(join(path, 'file.txt'), '');
    const listing = await listDirectories(path, '/home/nobody');
    expect(listing).toMatchObject({ path, parent: join(path, '..'), isCut: false, failure: null });
    expect(listing.directories).toEqual(
      ['A', 'Ä', 'b', 'take 1', 'Take 2', 'take 10'].map((name) => ({ name, path: join(path, name) })),
    );
  });

  it('hold links to folders, and neither links to files nor to nothing', async () => {
    const path = await folderWith('real');
    await writeFile(join(path, 'file'), '');
    await symlink(join(path, 'real'), join(path, 'linked'));
    await symlink(join(path, 'file'), join(path, 'to-file'));
    await symlink(join(path, 'gone'), join(path, 'to-nothing'));
    const { directories } = await listDirectories(path, '/home/nobody');
    expect(directories.map(({ name }) => name)).toEqual(['linked', 'real']);
  });

  it('are cut where nobody would read on, the first ones of all kept', async () => {
    const path = await temporaryDirectory();
    const names = Array.from({ length: mostDirectories + 2 }, (_, index) => `d${index}`);
    await Promise.all(names.map((name) => mkdir(join(path, name))));
    const { directories, isCut } = await listDirectories(path, '/home/nobody');
    expect(isCut).toBe(true);
    expect(directories.map(({ name }) => name)).toEqual(names.slice(0, mostDirectories));
  });
});

describe('where one begins', () => {
  it('null and ~ are the home folder, and ~/ leads below it', async () => {
    const home = await folderWith('Pictures');
    await mkdir(join(home, 'Pictures', '2026'));
    const atHome = await listDirectories(null, home);
    expect(atHome).toMatchObject({ path: home, directories: [{ name: 'Pictures' }] });
    expect(await listDirectories('~', home)).toEqual(atHome);
    expect(await listDirectories('~/Pictures', home)).toMatchObject({
      path: join(home, 'Pictures'),
      parent: home,
      directories: [{ name: '2026', path: join(home, 'Pictures', '2026') }],
    });
  });

  it('the root has no parent, and dots are taken out of a path', async () => {
    expect(await listDirectories('/', '/home/nobody')).toMatchObject({
      path: '/',
      parent: null,
      failure: null,
    });
    const path = await folderWith('a');
    expect((await listDirectories(`${path}/a/..//`, '/')).path).toBe(path);
  });
});

describe('what cannot be listed says why', () => {
  it.each([
    ['what is not there', (path: string) => join(path, 'gone'), 'not-found'],
    ['a file', (path: string) => join(path, 'file'), 'invalid'],
    ['a path that is not whole', () => 'some/where', 'invalid'],
    ['another one’s home', () => '~someone', 'invalid'],
    ['a name with a zero', (path: string) => `${path}/a\0b`, 'invalid'],
    ['a name that is too long', (path: string) => join(path, 'x'.repeat(4000)), 'invalid'],
  ])('%s', async (_what, make, code) => {
    const path = await temporaryDirectory();
    await writeFile(join(path, 'file'), '');
    expect(await listDirectories(make(path), '/home/nobody')).toMatchObject({
      ...nothing,
      failure: { code },
    });
  });

  it.skipIf(process.platform === 'win32')('a folder that is closed', async (context) => {
    const path = await folderWith('closed');
    await chmod(path, 0o755);
    await chmod(join(path, 'closed'), 0);
    onTestFinished(() => chmod(join(path, 'closed'), 0o700));
    const closed = join(path, 'closed');
    const listing =
      process.getuid?.() === 0 ? await listedByNobody(closed) : await listDirectories(closed, '/');
    if (listing === null) context.skip('The user cannot be changed here.');
    expect(listing).toMatchObject({ ...nothing, path: closed, failure: { code: 'folder-unreadable' } });
  });

  it('a circle of links', async () => {
    const path = await temporaryDirectory();
    await symlink(join(path, 'b'), join(path, 'a'));
    await symlink(join(path, 'a'), join(path, 'b'));
    expect(await listDirectories(join(path, 'a'), '/')).toMatchObject({
      ...nothing,
      failure: { code: 'invalid' },
    });
    expect(await listDirectories(path, '/')).toMatchObject({ ...nothing, failure: null });
  });
});
