/** Settings that are carried from one data directory to another, and what stays of a removed destination. */
import { describe, expect, test } from 'vitest';
import type { SettingsStore } from '#settings';
import { longestText } from '../../electron/settings/settings-text.ts';
import { caught, makeDirectory, open } from './support.ts';

const flora = { name: 'Far Side', kind: 'flora', workspaceId: 'ws_1' } as const;
const key = 'flora-live-0123456789abcdef';
const text = (content: object) => JSON.stringify({ format: 'hoist-settings', version: 1, ...content });
const stateOf = (store: SettingsStore) => [store.settings(), store.destinations(), store.watchFolders()];

describe('an exported text', () => {
  test('brings settings, destinations and folders into an empty directory, under new ids', async () => {
    const from = await open(makeDirectory());
    const { id } = from.addDestination({ ...flora, lanes: 2 }, key);
    from.updateSettings({ defaultDestinationId: id, theme: 'dark', slowMode: { isOn: true } });
    from.addWatchFolder({ path: '/photos', destinationId: id, existing: 'include', ignore: ['*.tmp'] });
    from.addWatchFolder({ path: '/demo', destinationId: 'demo-flora' });
    from.addWatchFolder({ path: '/once', destinationId: id, isTemporary: true });

    const directory = makeDirectory();
    const to = await open(directory);
    const plan = to.importText(from.exportText());
    const [added] = to.destinations();
    expect(added).toEqual({ ...from.destinations()[0], id: added?.id });
    expect(added?.id).not.toBe(id);
    expect(to.settings()).toEqual({ ...from.settings(), defaultDestinationId: added?.id });
    expect(plan).toMatchObject({ hasSettings: true, left: [] });
    // Whether a folder can be watched, the engine finds out; what is in it then was not there before.
    expect(to.watchFolders()).toEqual([]);
    expect(plan.folders).toMatchObject([
      { path: '/photos', destinationId: added?.id, existing: 'baseline', ignore: ['*.tmp'] },
      { path: '/demo', destinationId: 'demo-flora' },
    ]);
    expect(plan.folders.map(to.addWatchFolder)).toHaveLength(2);
    expect(stateOf(await open(directory))).toEqual(stateOf(to));
  });

  test('holds no key, and nothing of what is paused or was seen here', async () => {
    const from = await open(makeDirectory());
    from.addDestination(flora, key);
    from.updateSettings({ isPaused: true, hasSeenFirstRun: true });
    const exported = from.exportText();
    expect(exported).not.toContain(key);
    expect(exported).not.toContain(key.slice(-4));
    const to = await open(makeDirectory());
    to.importText(exported);
    expect(to.settings()).toMatchObject({ isPaused: false, hasSeenFirstRun: false });
    expect(to.hasKey(to.destinations()[0]?.id ?? '')).toBe(false);
  });

  test('taken twice adds nothing twice', async () => {
    const from = await open(makeDirectory());
    const { id } = from.addDestination(flora, null);
    from.addWatchFolder({ path: '/photos', destinationId: id });
    const to = await open(makeDirectory());
    to.importText(from.exportText());
    const before = stateOf(to);
    const again = to.importText(from.exportText());
    expect(again.added).toEqual([]);
    expect(again.left).toEqual([
      { what: 'destination Far Side', reason: expect.stringContaining('already') },
    ]);
    expect(again.folders).toMatchObject([{ destinationId: to.destinations()[0]?.id }]);
    expect(stateOf(to)).toEqual(before);
  });
});

describe('what is here stays', () => {
  test('a destination of the same name and kind gets the references, with its own address and key', async () => {
    const to = await open(makeDirectory());
    const own = to.addDestination({ ...flora, name: 'far side', baseUrl: 'https://own.example' }, key);
    const from = await open(makeDirectory());
    const other = from.addDestination(flora, null);
    from.updateSettings({ defaultDestinationId: other.id });
    to.importText(from.exportText());
    expect(to.destinations()).toEqual([own]);
    expect(to.credential(own.id)).toBe(key);
    expect(to.settings().defaultDestinationId).toBe(own.id);
  });

  test('one of another kind does not: neither folders nor the default are given to it', async () => {
    const to = await open(makeDirectory());
    const own = to.addDestination({ name: 'Far Side', kind: 'runflow' }, null);
    to.updateSettings({ defaultDestinationId: own.id });
    const from = await open(makeDirectory());
    const other = from.addDestination(flora, null);
    from.updateSettings({ defaultDestinationId: other.id, maxAttempts: 3 });
    from.addWatchFolder({ path: '/photos', destinationId: other.id });
    const { left, folders } = to.importText(from.exportText());
    expect(folders).toEqual([]);
    expect(left.map(({ what }) => what)).toEqual([
      'destination Far Side',
      'folder /photos',
      'setting defaultDestinationId',
    ]);
    expect(to.settings()).toMatchObject({ defaultDestinationId: own.id, maxAttempts: 3 });
  });

  test('settings that the text does not name', async () => {
    const to = await open(makeDirectory());
    to.updateSettings({ theme: 'dark', maxAttempts: 3 });
    const { hasSettings } = to.importText(text({ settings: { maxAttempts: 5 } }));
    expect(hasSettings).toBe(true);
    expect(to.settings()).toMatchObject({ theme: 'dark', maxAttempts: 5 });
    expect(to.importText(text({})).hasSettings).toBe(false);
  });
});

test('an entry that is no good costs only itself, and is named', async () => {
  const to = await open(makeDirectory());
  const good = { id: 'x', name: 'good', kind: 'runflow', baseUrl: 'https://api.example' };
  const { left, added } = to.importText(
    text({
      settings: { maxAttempts: 'eight', theme: 'dark', ofTheFuture: 1, defaultDestinationId: 'gone' },
      destinations: [
        7,
        { ...good, name: 'open', baseUrl: 'http://api.example' },
        { ...good, name: 'demo-flora' },
        { ...good, name: 'from-demo', isDemo: true },
        { ...good, key: 'sk-secret-0123456789' },
      ],
      watchFolders: [
        'junk',
        { id: 'f', path: '/a', destinationId: 'nowhere' },
        { id: 'g', path: '/b', destinationId: 'x' },
      ],
    }),
  );
  expect(left.map(({ what }) => what)).toEqual([
    'destination 1',
    'destination open',
    'destination demo-flora',
    'destination from-demo',
    'folder 1',
    'folder /a',
    'setting maxAttempts',
    'setting defaultDestinationId',
  ]);
  for (const { reason } of left) expect(reason).not.toBe('');
  expect(added.map(({ name }) => name)).toEqual(['good']);
  expect(JSON.stringify(to.destinations())).not.toContain('sk-secret');
  expect(to.settings()).toMatchObject({ theme: 'dark', maxAttempts: 8 });
});

test.each([
  ['no JSON', 'hello', /not the exported settings/],
  ['nothing', '', /not the exported settings/],
  ['null', 'null', /not the exported settings/],
  ['a list', '[]', /not the exported settings/],
  ['JSON of something else', '{"name":"hoist","version":1}', /not the exported settings/],
  ['lists that are none', text({ destinations: {} }), /not the exported settings/],
  ['a newer format', text({ version: 2 }), /newer version/],
  ['too much', text({ settings: { x: 'ä'.repeat(longestText / 2) } }), /longer than 1 MB/],
])('%s is refused, and changes nothing', async (_what, junk, words) => {
  const directory = makeDirectory();
  const store = await open(directory);
  store.addDestination(flora, key);
  const before = stateOf(store);
  const { failure } = caught(() => store.importText(junk));
  expect(failure).toMatchObject({ code: 'invalid', message: expect.stringMatching(words) });
  expect(stateOf(store)).toEqual(before);
  expect(stateOf(await open(directory))).toEqual(before);
});

describe('a removed destination', () => {
  test('is known by name and kind, and one of the same name and kind takes its id', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    const { id } = store.addDestination(flora, key);
    store.removeDestination(id);
    const again = await open(directory);
    expect(again.removedDestinations()).toEqual([{ id, name: 'Far Side', kind: 'flora' }]);
    expect(again.report).toEqual([]);
    expect(again.addDestination({ name: 'Far Side', kind: 'runflow' }, null).id).not.toBe(id);
    again.removeDestination(again.destinations()[0]?.id ?? '');
    const back = again.addDestination({ ...flora, name: ' FAR side', workspaceId: 'ws_2' }, null);
    expect(back).toMatchObject({ id, name: 'FAR side', workspaceId: 'ws_2' });
    expect(again.removedDestinations().map(({ kind }) => kind)).toEqual(['runflow']);
    // Its key went with it.
    expect(again.hasKey(id)).toBe(false);
  });

  test('is remembered once, and forgotten when asked to', async () => {
    const directory = makeDirectory();
    const store = await open(directory);
    const { id } = store.addDestination(flora, null);
    store.removeDestination(id);
    store.addDestination(flora, null);
    store.removeDestination(id);
    expect(store.removedDestinations()).toHaveLength(1);
    store.forgetRemoved(id);
    expect((await open(directory)).removedDestinations()).toEqual([]);
    expect(store.addDestination(flora, null).id).not.toBe(id);
  });

  test('comes back with an import, too', async () => {
    const from = await open(makeDirectory());
    from.addDestination(flora, null);
    const to = await open(makeDirectory());
    const { id } = to.addDestination(flora, null);
    to.removeDestination(id);
    to.importText(from.exportText());
    expect(to.destinations()).toMatchObject([{ id, name: 'Far Side' }]);
    expect(to.removedDestinations()).toEqual([]);
  });
});

test('that one of the demo service is paused is remembered; nothing else can be in that list', async () => {
  const directory = makeDirectory();
  const store = await open(directory);
  store.setDemoPaused('demo-flora', true);
  store.setDemoPaused('demo-flora', true);
  store.setDemoPaused('elsewhere', true);
  const again = await open(directory);
  expect(again.pausedDemos()).toEqual(['demo-flora']);
  again.setDemoPaused('demo-flora', false);
  expect((await open(directory)).pausedDemos()).toEqual([]);
});

test('a draft is tried as it would be stored, and is not', async () => {
  const store = await open(makeDirectory());
  const { id } = store.addDestination(flora, null);
  const tried = store.tryDestination({ ...flora, lanes: 9 }, ` ${key}\n`, id);
  expect(tried).toMatchObject({ destination: { name: 'Far Side', lanes: 9 }, key });
  expect(store.destinations()).toMatchObject([{ id, lanes: 4 }]);
  expect(caught(() => store.tryDestination(flora, null, null)).failure.message).toContain('already');
  expect(caught(() => store.tryDestination({ ...flora, name: 'b' }, 'a\nb', null)).code).toBe('invalid');
  expect(
    caught(() => store.tryDestination({ name: 'b', kind: 'pupload', flowFile: '/f' }, key, null)).code,
  ).toBe('invalid');
});
