import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SettingsChange } from '#settings';
import type { DestinationDraft } from '#shared/destination.ts';
import { caught, makeDirectory, open, startAt } from './support.ts';

const flora = { name: 'Far Side', kind: 'flora', workspaceId: 'ws_1' } as const;
const floraKey = 'flora-live-0123456789abcdef';

describe('destinations', () => {
  test('a draft gets the address and the defaults of its kind, and outlives the process', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    const added = store.addDestination(flora, floraKey);
    expect(added).toEqual({
      id: added.id,
      kind: 'flora',
      name: 'Far Side',
      baseUrl: 'https://app.flora.ai/api/v1',
      workspaceId: 'ws_1',
      lanes: 4,
      isPaused: false,
      isDemo: false,
    });
    expect(added.id).toMatch(/^[0-9a-z]{10}$/);

    const again = await open(directory);
    expect(again.report).toEqual([]);
    expect(again.destinations()).toEqual([added]);
    expect(again.credential(added.id)).toBe(floraKey);
    expect(again.keyEnding(added.id)).toBe('cdef');
  });

  test('names are unique in any case and any Unicode form', async () => {
    const store = await open(makeDirectory());
    store.addDestination({ name: 'Café', kind: 'runflow' }, null);
    const error = caught(() => store.addDestination({ name: 'CAFE\u0301', kind: 'runflow' }, null));
    expect(error.failure).toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^name: .*Café already/),
    });
    expect(store.destinations()).toHaveLength(1);
  });

  test.each<[string, DestinationDraft, string]>([
    ['no workspace', { name: 'a', kind: 'flora' }, 'workspaceId: is missing'],
    ['two at once', { name: '!', kind: 'flora', workspaceId: 'x' }, 'name: Use 1 to 64 letters'],
    [
      'an option of another kind',
      { name: 'a', kind: 'runflow', teamId: 't' },
      'teamId: There is no such option',
    ],
    ['a name of the demo service', { name: 'Demo-Flora', kind: 'runflow' }, 'belong to the demo service'],
    ['a demo destination', { name: 'a', kind: 'runflow', isDemo: true }, 'isDemo: cannot be changed'],
    [
      'no address',
      { name: 'a', kind: 'runflow', baseUrl: 'nonsense' },
      'baseUrl: Give an http or https address',
    ],
    [
      'a password',
      { name: 'a', kind: 'runflow', baseUrl: 'https://me:pw@x.example' },
      'baseUrl: A base URL has no',
    ],
    ['a key in the open', { name: 'a', kind: 'runflow', baseUrl: 'http://x.example' }, 'baseUrl: Use https'],
    ['half a flow', { name: 'a', kind: 'pupload', flowName: 'f' }, 'Give either a project and a flow name'],
  ])('%s is refused in words', async (_what, draft, message) => {
    const store = await open(makeDirectory());
    const { failure } = caught(() => store.addDestination(draft, null));
    expect(failure.code).toBe('invalid');
    expect(failure.message).toContain(message);
    expect(failure.message).not.toContain('pw');
    expect(store.destinations()).toEqual([]);
  });

  test.each(['http://localhost:9', 'http://127.0.0.1:9', 'http://[::1]:9', 'https://x.example'])(
    '%s may carry a key',
    async (baseUrl) => {
      const store = await open(makeDirectory());
      expect(store.addDestination({ name: 'a', kind: 'cyberun', baseUrl }, null).baseUrl).toBe(baseUrl);
    },
  );

  test('an update changes what it names, null takes away, identity stays', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    const { id } = store.addDestination({ name: 'a', kind: 'runflow', folderId: 'f1', lanes: 2 }, null);
    expect(store.updateDestination(id, { lanes: 8, name: undefined })).toMatchObject({
      name: 'a',
      lanes: 8,
      folderId: 'f1',
    });
    expect(store.updateDestination(id, { folderId: null, lanes: null })).not.toHaveProperty('folderId');
    expect(store.destinations()[0]).toMatchObject({ id, lanes: 4 });
    expect(store.updateDestination(id, { name: 'A' }).name).toBe('A');
    for (const patch of [{ id: 'x' }, { kind: 'flora' }, { isDemo: true }, { lanes: 17 }, { nothing: 1 }]) {
      expect(caught(() => store.updateDestination(id, patch)).code).toBe('invalid');
    }
    expect(caught(() => store.updateDestination('nobody', {})).code).toBe('not-found');
    expect((await open(directory)).destinations()).toEqual(store.destinations());
  });

  test('a removed destination takes its key and its place as default with it', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    const { id } = store.addDestination(flora, floraKey);
    store.updateSettings({ defaultDestinationId: id });
    store.removeDestination(id);
    expect(store.destinations()).toEqual([]);
    expect(store.settings().defaultDestinationId).toBeNull();
    expect(readFileSync(join(directory, 'secrets.json'), 'utf8')).not.toContain(id);
    expect(readFileSync(join(directory, 'secrets.json.good'), 'utf8')).not.toContain(id);
  });

  test('a destination that folders send to stays', async () => {
    const store = await open(makeDirectory());
    const { id } = store.addDestination(flora, floraKey);
    const folder = store.addWatchFolder({ path: '/photos', destinationId: id });
    const { failure } = caught(() => store.removeDestination(id));
    expect(failure.message).toContain('/photos');
    expect(store.credential(id)).toBe(floraKey);
    store.removeWatchFolder(folder.id);
    store.removeDestination(id);
    expect(store.destinations()).toEqual([]);
  });
});

describe('keys', () => {
  test('no key is in any file in the open, and the files are for their owner only', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    store.addDestination(flora, floraKey);
    for (const name of [
      'config.json',
      'config.json.good',
      'secrets.json',
      'secrets.json.good',
      'hoist.key',
    ]) {
      expect(readFileSync(join(directory, name), 'utf8')).not.toContain('flora-live');
      expect(statSync(join(directory, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  test('a key stays behind when the origin changes, and is there again when it changes back', async () => {
    const store = await open(makeDirectory());
    const { id } = store.addDestination(flora, floraKey);
    store.updateDestination(id, { baseUrl: 'https://app.flora.ai/api/v2' });
    expect(store.credential(id)).toBe(floraKey);
    store.updateDestination(id, { baseUrl: 'https://evil.example/api/v1' });
    expect([store.credential(id), store.hasKey(id), store.keyEnding(id)]).toEqual([null, false, null]);
    store.updateDestination(id, { baseUrl: null });
    expect(store.credential(id)).toBe(floraKey);
  });

  test('a sealed key that is copied to another destination opens nothing', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    const a = store.addDestination(flora, floraKey);
    const b = store.addDestination({ ...flora, name: 'b' }, 'another-key-0123456789');
    const path = join(directory, 'secrets.json');
    const secrets = JSON.parse(readFileSync(path, 'utf8'));
    secrets.keys[b.id] = secrets.keys[a.id];
    writeFileSync(path, JSON.stringify(secrets));
    expect((await open(directory)).credential(b.id)).toBeNull();
  });

  test('what pasting adds is trimmed; what no header carries is refused without being shown', async () => {
    const store = await open(makeDirectory());
    const { id } = store.addDestination(flora, null);
    expect([store.hasKey(id), store.credential(id)]).toEqual([false, null]);
    store.setKey(id, `  ${floraKey}\n`);
    expect(store.credential(id)).toBe(floraKey);
    for (const key of [
      '',
      ' \n',
      'top\nsecret',
      'top\0secret',
      'top\tsecret',
      'top‑secret',
      'top\u0085secret',
    ]) {
      const { failure } = caught(() => store.setKey(id, key));
      expect(failure.code).toBe('invalid');
      expect(failure.message).not.toContain('top');
    }
    expect(store.credential(id)).toBe(floraKey);
  });

  test('a short key shows no ending; Pupload takes no key; a refused key adds nothing', async () => {
    const store = await open(makeDirectory());
    const { id } = store.addDestination(flora, 'short');
    expect([store.hasKey(id), store.keyEnding(id)]).toEqual([true, null]);
    const pupload: DestinationDraft = { name: 'p', kind: 'pupload', flowFile: '/f.json' };
    expect(caught(() => store.addDestination(pupload, 'key')).code).toBe('invalid');
    expect(caught(() => store.addDestination({ ...flora, name: 'x' }, 'a\nb')).code).toBe('invalid');
    expect(store.destinations()).toHaveLength(1);
    expect(caught(() => store.setKey('nobody', 'key')).code).toBe('not-found');
  });
});

describe('settings', () => {
  test('a patch changes what it names, in groups too', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    store.updateSettings({ maxAttempts: 3, slowMode: { bandwidthLimit: 2048 } });
    store.updateSettings({ slowMode: { isOn: true }, isPaused: undefined });
    store.updateSettings({ notifications: { problems: false }, theme: 'dark' });
    store.updateSettings({ notifications: { problems: undefined } });
    expect(store.settings()).toMatchObject({
      maxAttempts: 3,
      isPaused: false,
      slowMode: { isOn: true, bandwidthLimit: 2048, hours: null },
      notifications: { completed: true, problems: false },
      theme: 'dark',
      density: 'comfortable',
      retention: { databaseCopies: 7 },
    });
    expect((await open(directory)).settings()).toEqual(store.settings());
  });

  test('a value out of its limits changes nothing', async () => {
    const store = await open(makeDirectory());
    const before = store.settings();
    const error = caught(() => store.updateSettings({ maxAttempts: 0, isPaused: true }));
    expect(error.failure.message).toMatch(/^maxAttempts: /);
    expect(store.settings()).toEqual(before);
  });
});

describe('watch folders', () => {
  test('a draft gets its defaults; the same folder is not watched twice', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    const folder = store.addWatchFolder({ path: '/photos/', destinationId: 'd', ignore: ['*.tmp'] });
    expect(folder).toEqual({
      id: folder.id,
      path: '/photos',
      destinationId: 'd',
      existing: 'baseline',
      ignore: ['*.tmp'],
      settleMs: 2000,
      changed: 'new',
      after: { kind: 'keep' },
      isPaused: false,
      addedAt: startAt,
    });
    for (const path of ['/photos', '/photos/./', 'photos', '']) {
      expect(caught(() => store.addWatchFolder({ path, destinationId: 'd' })).code).toBe('invalid');
    }
    expect((await open(directory)).watchFolders()).toEqual([folder]);
  });

  test('an update keeps the identity and checks the sizes together', async () => {
    const store = await open(makeDirectory());
    const { id } = store.addWatchFolder({ path: '/photos', destinationId: 'd', maxBytes: 10 });
    expect(caught(() => store.updateWatchFolder(id, { minBytes: 11 })).failure.message).toContain('minBytes');
    expect(store.updateWatchFolder(id, { minBytes: 11, maxBytes: null })).not.toHaveProperty('maxBytes');
    expect(caught(() => store.updateWatchFolder(id, { addedAt: 1 })).code).toBe('invalid');
    expect(caught(() => store.removeWatchFolder('nobody')).code).toBe('not-found');
  });
});

test('listeners are told what changed, after it is on disk, until they undo', async () => {
  const directory = makeDirectory();
  const store = await open(directory);
  const told: SettingsChange[] = [];
  const undo = store.onChange((change) => {
    expect(JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8')).settings).toEqual(
      store.settings(),
    );
    told.push(change);
  });
  const { id } = store.addDestination(flora, null);
  store.setKey(id, floraKey);
  store.updateSettings({ defaultDestinationId: id });
  const folder = store.addWatchFolder({ path: '/photos', destinationId: id });
  store.removeWatchFolder(folder.id);
  store.removeDestination(id);
  caught(() => store.updateSettings({ maxAttempts: 0 }));
  undo();
  store.updateSettings({ isPaused: true });
  expect(told).toEqual([
    'destinations',
    'destinations',
    'settings',
    'folders',
    'folders',
    'settings',
    'destinations',
  ]);
});
