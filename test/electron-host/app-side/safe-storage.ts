/**
 * `safeStorage` as Chromium has it on Linux: AES-128-CBC under a password of the keyring (`v11`), or, without a keyring,
 * under a password that everybody knows (`v10`). components/os_crypt of Chromium has the numbers.
 */
import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { app } from './app.ts';
import { strict } from './strict.ts';
import { machine } from './surroundings.ts';

const knownPassword = 'peanuts';
const vector = Buffer.alloc(16, ' ');
let mayUseKnownPassword = false;

/** A keyring that is worth its name. */
const isStrong = machine.keyring === 'strong' || machine.keyring === 'locked';
const unlocked = Promise.withResolvers<void>();
if (machine.keyring !== 'locked') unlocked.resolve();
/** Until then whatever is asked of a locked keyring is not answered. */
export const unlockKeyring = (): void => unlocked.resolve();

const keyOf = (password: string): Buffer => pbkdf2Sync(password, 'saltysalt', 1, 16, 'sha1');

/** The keyring of this machine; it outlives the app, and is outside of its folders. */
function keyringPassword(): string {
  const directory = join(app.getPath('home'), '.keyring');
  const path = join(directory, 'password');
  try {
    return readFileSync(path, 'utf8');
  } catch {
    mkdirSync(directory, { recursive: true });
    const password = randomBytes(16).toString('base64');
    writeFileSync(path, password);
    return password;
  }
}

function encrypt(text: string): Buffer {
  const cipher = createCipheriv('aes-128-cbc', keyOf(isStrong ? keyringPassword() : knownPassword), vector);
  return Buffer.concat([Buffer.from(isStrong ? 'v11' : 'v10'), cipher.update(text, 'utf8'), cipher.final()]);
}

function decrypt(bytes: Buffer): string {
  const version = bytes.subarray(0, 3).toString();
  if (version === 'v11' && !isStrong) throw new Error('Error while decrypting the ciphertext');
  const decipher = createDecipheriv(
    'aes-128-cbc',
    keyOf(version === 'v11' ? keyringPassword() : knownPassword),
    vector,
  );
  return decipher.update(bytes.subarray(3), undefined, 'utf8') + decipher.final('utf8');
}

const hasAny = () => app.isReady() && machine.keyring !== 'none';

export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend() {
    if (!app.isReady()) return 'unknown';
    return isStrong ? 'gnome_libsecret' : 'basic_text';
  },
  // Without a keyring the synchronous half says no until the app asks for the known password.
  isEncryptionAvailable: () => hasAny() && (isStrong || mayUseKnownPassword),
  async isAsyncEncryptionAvailable() {
    await unlocked.promise;
    return hasAny();
  },
  setUsePlainTextEncryption(isOn) {
    mayUseKnownPassword = isOn;
  },
  encryptString(text) {
    if (!safeStorage.isEncryptionAvailable()) throw new Error('Encryption is not available.');
    return encrypt(text);
  },
  decryptString(bytes) {
    if (!safeStorage.isEncryptionAvailable()) throw new Error('Decryption is not available.');
    return decrypt(bytes);
  },
  async encryptStringAsync(text) {
    await unlocked.promise;
    if (!hasAny()) throw new Error('Encryption is not available.');
    return encrypt(text);
  },
  async decryptStringAsync(bytes) {
    await unlocked.promise;
    if (!hasAny()) throw new Error('Decryption is not available.');
    const isWeak = bytes.subarray(0, 3).toString() === 'v10';
    return { result: decrypt(bytes), shouldReEncrypt: isWeak && isStrong };
  },
} satisfies SafeStorage);
