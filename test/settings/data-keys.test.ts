import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, desktop, keychain, makeDirectory, open, texts } from './support.ts';

const flora = { name: 'Far Side', kind: 'flora', workspaceId: 'ws_1' } as const;
const floraKey = 'flora-live-0123456789abcdef';
const wraps = (directory: string): Record<string, string[]> =>
  JSON.parse(readFileSync(join(directory, 'secrets.json'), 'utf8')).wraps;

test('a key file that others may read is closed, and that is said once', async () => {
  const directory = makeDirectory();
  const before = await open(directory);
  const { id } = before.addDestination(flora, floraKey);
  chmodSync(join(directory, 'hoist.key'), 0o644);
  const store = await open(directory);
  expect(texts(store)).toEqual([
    expect.stringMatching(/^Other users could read hoist\.key; now only you can\./),
  ]);
  expect(statSync(join(directory, 'hoist.key')).mode & 0o777).toBe(0o600);
  expect(store.credential(id)).toBe(floraKey);
  expect((await open(directory)).report).toEqual([]);
});

test('a key file that cannot be used: keys live as long as the process, and what is stored stays', async () => {
  const directory = makeDirectory();
  mkdirSync(join(directory, 'hoist.key'));
  const store = await open(directory);
  const { id } = store.addDestination(flora, floraKey);
  expect(store.credential(id)).toBe(floraKey);
  expect(store.sealer.open(store.sealer.seal('x'))).toBe('x');
  expect(texts(store)).toEqual([
    'hoist.key cannot be used (EISDIR).',
    expect.stringMatching(/^No lasting place for keys/),
  ]);
  expect(existsSync(join(directory, 'secrets.json'))).toBe(false);
  expect((await open(directory)).credential(id)).toBeNull();
});

describe('a host with a keychain', () => {
  test('keeps the data key wrapped, and in no file', async () => {
    const directory = makeDirectory();
    const host = desktop(keychain('safeStorage'));
    const store = await open(directory, host);
    const { id } = store.addDestination(flora, floraKey);
    expect(store.report).toEqual([]);
    expect(existsSync(join(directory, 'hoist.key'))).toBe(false);
    expect(Object.keys(wraps(directory))).toEqual(['safeStorage']);
    expect((await open(directory, host)).credential(id)).toBe(floraKey);
    expect(wraps(directory).safeStorage).toHaveLength(1);
  });

  test('wraps the data key anew when the keychain has another key of its own', async () => {
    const directory = makeDirectory();
    const chain = keychain('safeStorage');
    const { id } = (await open(directory, desktop(chain))).addDestination(flora, floraKey);
    const before = wraps(directory).safeStorage;
    chain.isStale = true;
    expect((await open(directory, desktop(chain))).credential(id)).toBe(floraKey);
    const after = wraps(directory).safeStorage;
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    chain.isStale = false;
    expect((await open(directory, desktop(chain))).credential(id)).toBe(floraKey);
    expect(wraps(directory).safeStorage).toEqual(after);
  });

  test('takes the key that a headless host made, so that both open everything', async () => {
    const directory = makeDirectory();
    const { id } = (await open(directory)).addDestination(flora, floraKey);
    const host = desktop(keychain('safeStorage'));
    const store = await open(directory, host);
    expect(store.credential(id)).toBe(floraKey);
    store.setKey(id, 'flora-live-new-0123456789');
    expect((await open(directory)).credential(id)).toBe('flora-live-new-0123456789');
  });

  test('made the key: another host starts its own, asks again, and destroys nothing', async () => {
    const directory = makeDirectory();
    const host = desktop(keychain('safeStorage'));
    const first = await open(directory, host);
    const a = first.addDestination(flora, floraKey);
    const b = first.addDestination({ ...flora, name: 'Near Side' }, floraKey);
    const sealed = first.sealer.seal('reservation');

    const headless = await open(directory, cli);
    expect(texts(headless)).toEqual([
      'The stored keys of Far Side, Near Side cannot be opened here. Enter them again; nothing was deleted.',
    ]);
    expect([headless.hasKey(a.id), headless.keyEnding(a.id)]).toEqual([false, null]);
    expect(headless.sealer.open(sealed)).toBeNull();
    headless.setKey(a.id, 'flora-live-new-0123456789');
    expect((await open(directory, cli)).credential(a.id)).toBe('flora-live-new-0123456789');

    const back = await open(directory, host);
    expect(back.report).toEqual([]);
    expect(back.credential(a.id)).toBe('flora-live-new-0123456789');
    expect(back.credential(b.id)).toBe(floraKey);
    expect(back.sealer.open(sealed)).toBe('reservation');
  });

  test('that shuts for a while gets a second wrap, and then opens with the first and the second', async () => {
    const directory = makeDirectory();
    const keyWrap = keychain('safeStorage');
    const other = keychain('other');
    const first = await open(directory, desktop(keyWrap));
    const a = first.addDestination(flora, floraKey);
    await open(directory, desktop(other));
    const otherWraps = wraps(directory).other;

    const replaced = keychain('safeStorage');
    const second = await open(directory, desktop(replaced));
    expect(texts(second)).toEqual([
      'The keychain could not open the key of this data directory.',
      expect.stringContaining('Far Side cannot be opened here'),
    ]);
    const b = second.addDestination({ ...flora, name: 'Near Side' }, floraKey);
    expect((await open(directory, desktop(replaced))).credential(b.id)).toBe(floraKey);
    expect((await open(directory, desktop(keyWrap))).credential(a.id)).toBe(floraKey);
    expect(wraps(directory).safeStorage).toHaveLength(2);
    expect(wraps(directory).other).toEqual(otherWraps);
  });

  test('that stays shut keeps keys for the process only, start after start, and fills no file', async () => {
    const directory = makeDirectory();
    const keyWrap = keychain('safeStorage');
    const first = await open(directory, desktop(keyWrap));
    const { id } = first.addDestination(flora, floraKey);
    const before = readFileSync(join(directory, 'secrets.json'), 'utf8');
    keyWrap.isOpen = false;
    for (let start = 0; start < 3; start += 1) {
      const store = await open(directory, desktop(keyWrap));
      expect(store.hasKey(id)).toBe(false);
      store.setKey(id, 'flora-live-new-0123456789');
      expect(store.credential(id)).toBe('flora-live-new-0123456789');
    }
    expect(readFileSync(join(directory, 'secrets.json'), 'utf8')).toBe(before);
    keyWrap.isOpen = true;
    expect((await open(directory, desktop(keyWrap))).credential(id)).toBe(floraKey);
  });
});
