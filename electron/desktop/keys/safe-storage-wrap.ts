/** The data key of a directory, wrapped by the system's keychain through Electron's safeStorage. */
import type { SafeStorage } from 'electron';
import type { Clock } from '#ports/clock.ts';
import type { KeyWrap, Notice } from '#ports/host.ts';
import { keyWords as words } from '../words.ts';

export interface KeyParts {
  readonly safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
}

export interface HostKeys {
  /** Null: there is no keychain worth the name, so the key is kept in a file. */
  readonly keyWrap: KeyWrap | null;
  readonly notices: readonly Notice[];
}

/** Time for somebody to type the password of their keychain; then Hoist starts without it. */
const patienceMs = 45_000;

/**
 * To be called when the app is ready. On Linux safeStorage also "works" without a keychain, by a password that stands in
 * its source (docs: safe-storage, `basic_text`): that is no better than a file that only its owner may read, and says
 * less. Never rejects.
 */
export async function openHostKeys(parts: KeyParts): Promise<HostKeys> {
  const { safeStorage, platform, clock } = parts;
  if (platform === 'linux' && isWeak(safeStorage.getSelectedStorageBackend())) return weak;
  const opened = await inTime(
    clock,
    safeStorage.isAsyncEncryptionAvailable().catch(() => false),
  );
  if (opened === 'late') return locked;
  if (!opened.value) return weak;
  if (platform === 'linux') {
    const sealed = await inTime(
      clock,
      safeStorage.encryptStringAsync(name).catch(() => null),
    );
    if (sealed === 'late') return locked;
    if (sealed.value === null || hasKnownPassword(sealed.value)) return weak;
  }
  return { keyWrap: wrapBy(safeStorage, clock), notices: [] };
}

/**
 * A keychain that was chosen may still not be there: then Chromium seals with the password that everybody knows, and
 * says so in the tag at the start (components/os_crypt/async/browser/posix_key_provider.cc: `v10`; `v11` and `v12` are
 * the secret service's and the portal's).
 */
const hasKnownPassword = (sealed: Uint8Array): boolean =>
  Buffer.from(sealed.subarray(0, 3)).toString('latin1') === 'v10';

const isWeak = (backend: ReturnType<SafeStorage['getSelectedStorageBackend']>): boolean =>
  backend === 'basic_text' || backend === 'unknown';

const weak: HostKeys = { keyWrap: null, notices: [{ level: 'info', text: words.weak }] };

/** Stored beside the wraps: it must stay the same. */
const name = 'safe-storage';

/** A keychain that is there and does not answer: its wraps stay, and no key file is made beside them. */
const shut: KeyWrap = {
  name,
  wrap: () => Promise.reject(new Error('The keychain did not answer.')),
  unwrap: () => Promise.reject(new Error('The keychain did not answer.')),
};

const locked: HostKeys = { keyWrap: shut, notices: [{ level: 'warning', text: words.locked }] };

function wrapBy(safeStorage: KeyParts['safeStorage'], clock: Clock): KeyWrap {
  /** Once it kept us waiting, it is not asked again: a boot with many wraps would take minutes. */
  let isShut = false;
  async function ask<T>(work: () => Promise<T>): Promise<T> {
    if (isShut) throw new Error('The keychain did not answer.');
    const outcome = await inTime(clock, work());
    if (outcome !== 'late') return outcome.value;
    isShut = true;
    throw new Error('The keychain did not answer in time.');
  }
  return {
    name,
    // It takes texts; base64 has no character that could be lost on the way.
    wrap: (key) => ask(() => safeStorage.encryptStringAsync(Buffer.from(key).toString('base64'))),
    async unwrap(wrapped) {
      const opened = await ask(() => safeStorage.decryptStringAsync(Buffer.from(wrapped)));
      return { key: Buffer.from(opened.result, 'base64'), isStale: opened.shouldReEncrypt };
    },
  };
}

/** Rejects as the work does. */
async function inTime<T>(clock: Clock, work: Promise<T>): Promise<{ readonly value: T } | 'late'> {
  const late = Promise.withResolvers<'late'>();
  const cancel = clock.setTimer(patienceMs, () => late.resolve('late'));
  try {
    return await Promise.race([work.then((value) => ({ value })), late.promise]);
  } finally {
    cancel();
  }
}
