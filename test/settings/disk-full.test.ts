import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { caught, makeDirectory, open } from './support.ts';

const flora = { name: 'Far Side', kind: 'flora', workspaceId: 'ws_1' } as const;
const page = 4096;

const mount = (directory: string) =>
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', directory], { stdio: 'ignore' });
const unmount = (directory: string) => execFileSync('umount', [directory]);

/** A small file system of its own needs root on Linux, and a container that lets root mount. */
function canMount(): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'hoist-mount-'));
  try {
    mount(directory);
    unmount(directory);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function makeTinyDisk(): string {
  const directory = makeDirectory();
  mount(directory);
  onTestFinished(() => void unmount(directory));
  return directory;
}

/** Fills the disk but for so many bytes, and answers how to make room again. */
function fill(directory: string, free: number): () => void {
  const { bavail, bsize } = statfsSync(directory);
  const path = join(directory, 'ballast');
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  return () => rmSync(path);
}

const isRun = canMount();

describe.skipIf(!isRun)(`a full disk${isRun ? '' : ' (not run: no right to mount a small one)'}`, () => {
  // conf reports nothing where some bytes fit, so each number of free pages is another case.
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'with %i pages left: the change happened whole, or not at all',
    async (pages) => {
      const directory = makeTinyDisk();
      const store = await open(directory);
      const { id } = store.addDestination(flora, 'flora-live-0123456789abcdef');
      store.updateSettings({ linkTemplate: 'before' });
      const before = { settings: store.settings(), destinations: store.destinations() };
      const path = join(directory, 'config.json');
      const bytes = readFileSync(path, 'utf8');

      const makeRoom = fill(directory, pages * page);
      const folder = {
        path: '/photos',
        destinationId: id,
        ignore: Array.from({ length: 3000 }, () => 'abc'),
      };
      const error = caught(() => store.addWatchFolder(folder));
      expect(error.code).toBe('disk-full');
      expect(store.watchFolders()).toEqual([]);
      expect(readFileSync(path, 'utf8')).toBe(bytes);

      const reopened = await open(directory);
      expect(reopened.settings()).toEqual(before.settings);
      expect(reopened.destinations()).toEqual(before.destinations);
      expect(reopened.credential(id)).toBe('flora-live-0123456789abcdef');

      makeRoom();
      const added = store.addWatchFolder(folder);
      expect((await open(directory)).watchFolders()).toEqual([added]);
      expect((await open(directory)).report).toEqual([]);
    },
  );

  test('a key that does not fit leaves the old one, and a new destination without its key is not added', async () => {
    const directory = makeTinyDisk();
    const store = await open(directory);
    const { id } = store.addDestination(flora, 'flora-live-0123456789abcdef');
    const makeRoom = fill(directory, 0);
    expect(caught(() => store.setKey(id, 'k'.repeat(5000))).code).toBe('disk-full');
    expect(store.credential(id)).toBe('flora-live-0123456789abcdef');
    expect(caught(() => store.addDestination({ ...flora, name: 'b' }, 'key')).code).toBe('disk-full');
    expect(caught(() => store.removeDestination(id)).code).toBe('disk-full');
    expect(store.destinations().map(({ name }) => name)).toEqual(['Far Side']);
    expect(store.credential(id)).toBe('flora-live-0123456789abcdef');
    makeRoom();
    store.removeDestination(id);
    expect((await open(directory)).destinations()).toEqual([]);
  });

  test('room for the key but not for the destination: both stay as they were', async () => {
    const directory = makeTinyDisk();
    const store = await open(directory);
    const { id } = store.addDestination(flora, 'flora-live-0123456789abcdef');
    store.addWatchFolder({
      path: '/a',
      destinationId: 'x',
      ignore: Array.from({ length: 3000 }, () => 'abc'),
    });
    const secrets = () => Object.keys(JSON.parse(readFileSync(join(directory, 'secrets.json'), 'utf8')).keys);

    const makeRoom = fill(directory, 3 * page);
    expect(caught(() => store.addDestination({ ...flora, name: 'b' }, 'key')).code).toBe('disk-full');
    expect(secrets()).toEqual([id]);
    expect(caught(() => store.removeDestination(id)).code).toBe('disk-full');
    expect(secrets()).toEqual([id]);
    expect(store.credential(id)).toBe('flora-live-0123456789abcdef');
    makeRoom();
    expect((await open(directory)).destinations().map(({ name }) => name)).toEqual(['Far Side']);
  });

  test.each([2, 3, 4, 5, 6, 7, 8])(
    'filling up from %i pages by ever longer saves: the last that was done is what is kept',
    async (pages) => {
      const directory = makeTinyDisk();
      const store = await open(directory);
      let done = store.addWatchFolder({ path: '/a', destinationId: 'x' });
      fill(directory, pages * page);
      const save = (length: number) => store.updateWatchFolder(done.id, { ignore: ['x'.repeat(length)] });
      const error = caught(() => {
        for (let length = 1000; length < pages * page * 2; length += 1000) done = save(length);
      });
      expect(error.code).toBe('disk-full');
      expect(store.watchFolders()).toEqual([done]);
      expect((await open(directory)).watchFolders()).toEqual([done]);
    },
  );

  test('on the first start: defaults work, nothing half is left, and later saves do', async () => {
    const directory = makeTinyDisk();
    const makeRoom = fill(directory, 0);
    const store = await open(directory);
    expect(store.settings().maxAttempts).toBe(8);
    expect(caught(() => store.updateSettings({ isPaused: true })).code).toBe('disk-full');
    makeRoom();
    store.updateSettings({ isPaused: true });
    expect((await open(directory)).settings().isPaused).toBe(true);
  });
});
