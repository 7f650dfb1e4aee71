import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { describe, expect, test } from 'vitest';
import { openSettings } from '#settings';
import { cli, clock, makeDirectory, open, texts } from './support.ts';

const flora = { name: 'Far Side', kind: 'flora', workspaceId: 'ws_1' } as const;
const readConfig = (directory: string) => JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8'));
const writeConfig = (directory: string, config: unknown) =>
  writeFileSync(join(directory, 'config.json'), JSON.stringify(config));
const listed = (directory: string, part: string) =>
  readdirSync(directory).filter((name) => name.includes(part));

describe('config.json', () => {
  test.each([
    ['cut', '{"settings":{"isPaused":tr'],
    ['empty', ''],
    ['full of zeros', '\0'.repeat(500)],
    ['a list', '[]'],
    ['null', 'null'],
  ])('%s: kept aside, and the last good copy restored', async (_what, damage) => {
    const directory = makeDirectory();
    const before = await open(directory);
    before.addDestination(flora, 'flora-live-0123456789abcdef');
    before.updateSettings({ isPaused: true });
    writeFileSync(join(directory, 'config.json'), damage);

    const store = await open(directory);
    expect(store.destinations()).toEqual(before.destinations());
    expect(store.settings()).toEqual(before.settings());
    expect(store.hasKey(store.destinations()[0]?.id ?? '')).toBe(true);
    expect(texts(store)).toEqual([
      'config.json was damaged and is kept as config.json.damaged-2026-01-02T03-04-05; its last good copy was restored.',
    ]);
    expect(readFileSync(join(directory, 'config.json.damaged-2026-01-02T03-04-05'), 'utf8')).toBe(damage);
    expect(readConfig(directory).settings.isPaused).toBe(true);
    expect((await open(directory)).report).toEqual([]);
  });

  test('damaged twice in a second, with no good copy left: both are kept, and Hoist begins anew', async () => {
    const directory = makeDirectory();
    for (const damage of ['first', 'second']) {
      writeFileSync(join(directory, 'config.json'), damage);
      const store = await open(directory);
      expect(texts(store)[0]).toMatch(/is kept as config\.json\.damaged-.*; Hoist began with a new one\.$/);
      expect(store.settings().maxAttempts).toBe(8);
    }
    const kept = listed(directory, 'damaged').map((name) => readFileSync(join(directory, name), 'utf8'));
    expect(kept.sort()).toEqual(['first', 'second']);
  });

  test('gone: the last good copy is restored, and that is said', async () => {
    const directory = makeDirectory();
    (await open(directory)).updateSettings({ isPaused: true });
    rmSync(join(directory, 'config.json'));
    const store = await open(directory);
    expect(store.settings().isPaused).toBe(true);
    expect(texts(store)).toEqual(['config.json was missing; its last good copy was restored.']);
  });

  test('edited by hand: what is read well becomes the good copy', async () => {
    const directory = makeDirectory();
    (await open(directory)).updateSettings({ isPaused: true });
    writeConfig(directory, { settings: { maxAttempts: 3 } });
    await open(directory);
    writeFileSync(join(directory, 'config.json'), '');
    expect((await open(directory)).settings().maxAttempts).toBe(3);
  });

  test('that cannot be read at all is an error, not an empty start', async () => {
    const directory = makeDirectory();
    mkdirSync(join(directory, 'config.json'));
    await expect(openSettings({ directory, host: cli, clock })).rejects.toThrow('EISDIR');
  });
});

describe('entries of config.json', () => {
  const good = { id: 'good', name: 'Good', kind: 'runflow', baseUrl: 'https://x.example' };

  test('that do not parse are set aside with their reason; their neighbours stay', async () => {
    const directory = makeDirectory();
    const newer = { id: 'newer', name: 'Newer', kind: 'service-of-2030', baseUrl: 'https://x.example' };
    const folder = { id: 'f', path: '/photos', destinationId: 'good', changed: 'sometimes' };
    writeConfig(directory, {
      settings: { maxAttempts: 'eight', isPaused: true, ofTheFuture: { a: 1 } },
      destinations: [newer, good],
      watchFolders: [folder, { ...folder, id: 'f2', changed: 'ask' }],
      ofTheFuture: [1],
    });
    const store = await open(directory);
    expect(store.destinations().map(({ id }) => id)).toEqual(['good']);
    expect(store.watchFolders().map(({ id }) => id)).toEqual(['f2']);
    expect(store.settings()).toMatchObject({ maxAttempts: 8, isPaused: true });
    expect(texts(store)).toEqual([
      expect.stringMatching(/^An entry of settings in config\.json .* set aside: maxAttempts: /),
      expect.stringMatching(/^An entry of destinations .* set aside: kind: /),
      expect.stringMatching(/^An entry of watchFolders .* set aside: changed: /),
    ]);

    store.updateSettings({ isPaused: false });
    const written = readConfig(directory);
    expect(written.setAside.map(({ entry }: { entry: unknown }) => entry)).toEqual([
      { maxAttempts: 'eight' },
      newer,
      folder,
    ]);
    expect(written.ofTheFuture).toEqual([1]);
    expect(written.settings.ofTheFuture).toEqual({ a: 1 });
  });

  test('come back when a later version can read them, under the same id and with their key', async () => {
    const directory = makeDirectory();
    const first = await open(directory);
    const { id } = first.addDestination(flora, 'flora-live-0123456789abcdef');
    const config = readConfig(directory);
    config.destinations[0].lanes = 99;
    writeConfig(directory, config);
    const second = await open(directory);
    expect(second.destinations()).toEqual([]);
    second.updateSettings({ isPaused: true });

    const aside = readConfig(directory);
    aside.setAside[0].entry.lanes = 9;
    writeConfig(directory, aside);
    const third = await open(directory);
    expect(third.destinations()).toMatchObject([{ id, lanes: 9 }]);
    expect(third.credential(id)).toBe('flora-live-0123456789abcdef');
    third.updateSettings({ isPaused: false });
    expect(readConfig(directory)).not.toHaveProperty('setAside');
  });

  test('of the same name, and lists that are no lists, are set aside too', async () => {
    const directory = makeDirectory();
    writeConfig(directory, {
      settings: 7,
      destinations: [good, { ...good, id: 'twin', name: 'GOOD' }],
      watchFolders: { a: 1 },
      setAside: [{ odd: true }],
    });
    const store = await open(directory);
    expect(store.destinations().map(({ id }) => id)).toEqual(['good']);
    expect(store.watchFolders()).toEqual([]);
    expect(store.report).toHaveLength(3);
    store.updateSettings({ isPaused: true });
    expect(readConfig(directory).setAside).toHaveLength(4);
  });
});

describe('other files', () => {
  test('a damaged secrets.json is kept aside and its good copy restored', async () => {
    const directory = makeDirectory();
    const before = await open(directory);
    const { id } = before.addDestination(flora, 'flora-live-0123456789abcdef');
    writeFileSync(join(directory, 'secrets.json'), '{"version":1,"keys":{"a":7}}');
    const store = await open(directory);
    expect(store.credential(id)).toBe('flora-live-0123456789abcdef');
    expect(texts(store)).toEqual([expect.stringMatching(/^secrets\.json was damaged .* restored\.$/)]);
    expect(listed(directory, 'secrets.json.damaged')).toHaveLength(1);
  });

  test('a damaged hoist.key is kept aside; its keys are asked for again and stay where they are', async () => {
    const directory = makeDirectory();
    const before = await open(directory);
    const { id } = before.addDestination(flora, 'flora-live-0123456789abcdef');
    writeFileSync(join(directory, 'hoist.key'), 'too short\n', { mode: 0o600 });
    const sealed = readFileSync(join(directory, 'secrets.json'), 'utf8');
    const store = await open(directory);
    expect([store.hasKey(id), store.credential(id), store.keyEnding(id)]).toEqual([false, null, null]);
    expect(texts(store)).toEqual([
      expect.stringMatching(/^hoist\.key was damaged and is kept as hoist\.key\.damaged-/),
      'The stored keys of Far Side cannot be opened here. Enter them again; nothing was deleted.',
    ]);
    expect(readFileSync(join(directory, 'secrets.json'), 'utf8')).toBe(sealed);
    store.setKey(id, 'flora-live-new-0123456789');
    const again = await open(directory);
    expect(again.report).toEqual([]);
    expect(again.credential(id)).toBe('flora-live-new-0123456789');
  });
});

/** What electron-store 12 gives conf 16 when it is asked for this file: its own defaults, no dot notation, a version. */
const openLikeElectronStore = (directory: string, name: string) =>
  new Conf<Record<string, unknown>>({
    cwd: directory,
    configName: name,
    projectVersion: '0.1.0',
    accessPropertiesByDotNotation: false,
  });

test('conf and electron-store read and write the same file', async () => {
  const directory = makeDirectory();
  const ours = await open(directory);
  ours.addDestination({ ...flora, name: 'with.dot' }, null);
  ours.updateSettings({ maxAttempts: 3 });
  const theirs = openLikeElectronStore(directory, 'config');
  expect(theirs.get('destinations')).toEqual(ours.destinations());

  const desktop = await openSettings({
    directory,
    host: cli,
    clock,
    openStore: (at) => openLikeElectronStore(at.directory, at.name),
  });
  desktop.updateSettings({ isPaused: true });
  const again = await open(directory);
  expect(again.report).toEqual([]);
  expect(again.settings()).toMatchObject({ maxAttempts: 3, isPaused: true });
  expect(again.destinations()).toEqual(ours.destinations());
});

test('a directory that is not there yet is made for its owner, and behind a link it is the one that is linked to', async () => {
  const parent = makeDirectory();
  const store = await open(join(parent, 'a', 'b'));
  store.updateSettings({ isPaused: true });
  symlinkSync(join(parent, 'a', 'b'), join(parent, 'link'));
  expect((await open(join(parent, 'link'))).settings().isPaused).toBe(true);
  expect(existsSync(join(parent, 'a', 'b', 'config.json'))).toBe(true);
  expect(listed(join(parent, 'a', 'b'), '.tmp')).toEqual([]);
});
