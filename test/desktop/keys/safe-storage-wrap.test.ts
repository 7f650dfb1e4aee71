/** Keys by a keychain as safeStorage gives it, with the real settings of a data directory behind it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { describe, expect, test } from 'vitest';
import type { Host } from '#ports/host.ts';
import { openSettings } from '#settings';
import { type KeyParts, openHostKeys } from '../../../electron/desktop/keys/safe-storage-wrap.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const cli: Host = { name: 'cli', keyWrap: null, trash: null };
const flora = { name: 'Far Side', kind: 'flora', workspaceId: 'ws_1' } as const;
const key = 'flora-live-0123456789abcdef';

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

/** A keychain of its own; each can be shut, lost, or made to say nothing. */
function keychain(platform: NodeJS.Platform, backend: Backend = 'gnome_libsecret') {
  const secret = randomBytes(32);
  const state = { isAvailable: true, isSilent: false, isLocked: false, asked: 0, tag: 'v11' };
  const answer = async <T>(value: () => T): Promise<T> => {
    state.asked += 1;
    if (state.isSilent) return new Promise(() => {});
    if (state.isLocked) throw new Error('Error while decrypting the ciphertext.');
    return value();
  };
  const clock = createManualClock();
  const parts: KeyParts = {
    platform,
    clock,
    safeStorage: {
      getSelectedStorageBackend: () => backend,
      isAsyncEncryptionAvailable: () => answer(() => state.isAvailable),
      encryptStringAsync: (text) =>
        answer(() => {
          // As Chromium does: nothing is sealed as nothing, without a tag.
          if (text === '') return Buffer.alloc(0);
          const iv = randomBytes(12);
          const cipher = createCipheriv('aes-256-gcm', secret, iv);
          const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
          return Buffer.concat([Buffer.from(state.tag), iv, cipher.getAuthTag(), body]);
        }),
      decryptStringAsync: (sealed) =>
        answer(() => {
          const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(3, 15));
          decipher.setAuthTag(sealed.subarray(15, 31));
          const result = Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString(
            'utf8',
          );
          return { result, shouldReEncrypt: false };
        }),
    },
  };
  return { state, parts, clock };
}

async function desktop(parts: KeyParts): Promise<Host> {
  return { name: 'desktop', trash: null, ...(await openHostKeys(parts)) };
}

const open = (directory: string, host: Host) => openSettings({ directory, host, clock: createManualClock() });

describe('a keychain worth the name', () => {
  test.each<NodeJS.Platform>(['darwin', 'win32', 'linux'])(
    'holds the key on %s, and no file does',
    async (platform) => {
      const directory = await temporaryDirectory();
      const host = await desktop(keychain(platform).parts);
      const { id } = (await open(directory, host)).addDestination(flora, key);
      expect(existsSync(join(directory, 'hoist.key'))).toBe(false);
      expect(readFileSync(join(directory, 'secrets.json'), 'utf8')).not.toContain(key);
      const again = await open(directory, host);
      expect([again.credential(id), again.report, host.notices]).toEqual([key, [], []]);
    },
  );

  test('a directory of the command line opens on the desktop, and on the command line again', async () => {
    const directory = await temporaryDirectory();
    const { id } = (await open(directory, cli)).addDestination(flora, key);
    const host = await desktop(keychain('darwin').parts);
    const store = await open(directory, host);
    expect(store.credential(id)).toBe(key);
    store.setKey(id, 'flora-live-second-0123456789');
    expect((await open(directory, cli)).credential(id)).toBe('flora-live-second-0123456789');
  });

  test('a directory of the desktop asks on the command line once, then both open it', async () => {
    const directory = await temporaryDirectory();
    const host = await desktop(keychain('darwin').parts);
    const { id } = (await open(directory, host)).addDestination(flora, key);
    const terminal = await open(directory, cli);
    expect(terminal.credential(id)).toBeNull();
    expect(terminal.report.map(({ text }) => text)).toEqual([expect.stringContaining('Enter them again')]);
    terminal.setKey(id, key);
    expect((await open(directory, cli)).credential(id)).toBe(key);
    expect((await open(directory, host)).credential(id)).toBe(key);
  });
});

describe('no such keychain', () => {
  test.each<[string, NodeJS.Platform, Backend, boolean]>([
    ['a password that stands in the source', 'linux', 'basic_text', true],
    ['one that nobody knows yet', 'linux', 'unknown', true],
    ['none at all', 'linux', 'kwallet6', false],
    ['none at all', 'win32', 'unknown', false],
  ])(
    '%s (%s, %s): the key is in a file that only its owner reads, and that is said once',
    async (_name, platform, backend, isAvailable) => {
      const directory = await temporaryDirectory();
      const { state, parts } = keychain(platform, backend);
      state.isAvailable = isAvailable;
      const host = await desktop(parts);
      expect(host.keyWrap).toBeNull();
      expect(host.notices).toEqual([{ level: 'info', text: expect.stringContaining('hoist.key') }]);
      const { id } = (await open(directory, host)).addDestination(flora, key);
      expect(statSync(join(directory, 'hoist.key')).mode & 0o777).toBe(0o600);
      expect((await open(directory, cli)).credential(id)).toBe(key);
    },
  );

  test('a keychain that was chosen, but is not there: what everybody could open counts as no keychain', async () => {
    const { state, parts } = keychain('linux', 'gnome_libsecret');
    state.tag = 'v10';
    expect(await openHostKeys(parts)).toMatchObject({ keyWrap: null, notices: [{ level: 'info' }] });
    // Elsewhere that tag is the keychain's own.
    const mac = keychain('darwin');
    mac.state.tag = 'v10';
    expect((await openHostKeys(mac.parts)).keyWrap).not.toBeNull();
  });

  test('the backend is a matter of Linux only', async () => {
    expect((await openHostKeys(keychain('win32', 'unknown').parts)).keyWrap).not.toBeNull();
  });
});

describe('a keychain that is locked or lost', () => {
  test('says so; nothing is deleted, keys can be entered again, and what was there comes back with it', async () => {
    const directory = await temporaryDirectory();
    const { state, parts } = keychain('darwin');
    const host = await desktop(parts);
    const { id } = (await open(directory, host)).addDestination(flora, key);
    const before = readFileSync(join(directory, 'secrets.json'), 'utf8');
    state.isLocked = true;
    const shut = await open(directory, host);
    expect(shut.credential(id)).toBeNull();
    expect(shut.report.map(({ text }) => text)).toEqual([
      'The keychain could not open the key of this data directory.',
      expect.stringContaining('forgotten when Hoist stops'),
      expect.stringContaining('Far Side cannot be opened here. Enter them again; nothing was deleted.'),
    ]);
    shut.setKey(id, 'flora-live-again-0123456789');
    expect(shut.credential(id)).toBe('flora-live-again-0123456789');
    expect(readFileSync(join(directory, 'secrets.json'), 'utf8')).toBe(before);
    state.isLocked = false;
    expect((await open(directory, host)).credential(id)).toBe(key);
  });

  test('that never answers holds nobody up: not at the start…', async () => {
    const { state, parts, clock } = keychain('linux');
    state.isSilent = true;
    const opening = openHostKeys(parts);
    await clock.advance(46_000);
    const { keyWrap, notices } = await opening;
    expect(notices).toEqual([{ level: 'warning', text: expect.stringContaining('Nothing was deleted') }]);
    await expect(keyWrap?.unwrap(new Uint8Array(3))).rejects.toThrow('did not answer');
    await expect(keyWrap?.wrap(new Uint8Array(32))).rejects.toThrow('did not answer');
  });

  test('…and not later, where it is asked once only', async () => {
    const directory = await temporaryDirectory();
    const { state, parts, clock } = keychain('linux');
    const host = await desktop(parts);
    const { id } = (await open(directory, host)).addDestination(flora, key);
    state.isSilent = true;
    state.asked = 0;
    const opening = open(directory, host);
    await clock.advance(46_000);
    const store = await opening;
    expect([store.credential(id), state.asked, clock.pendingTimers()]).toEqual([null, 1, 0]);
  });
});
