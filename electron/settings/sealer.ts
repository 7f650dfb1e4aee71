import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Sealer } from '#ports/journal.ts';

/** Bytes of a data key (AES-256). */
export const dataKeyBytes = 32;

// One byte of version, 12 of nonce (NIST SP 800-38D: 96 bits, random), 16 of tag, then the ciphertext.
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;
const cipherName = 'aes-256-gcm';

/** Seals with the first key; opens what any of them sealed. */
export function createSealer(keys: readonly [Uint8Array, ...Uint8Array[]]): Sealer {
  // Made into key objects once: from raw bytes that would be done again for every seal, which costs three times as much.
  const [sealing, ...older] = keys.map((key) => createSecretKey(key));
  if (sealing === undefined) throw new Error('There is no data key.');
  const all = [sealing, ...older];
  return {
    seal(plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(cipherName, sealing, nonce, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      if (sealed.length < headBytes || sealed[0] !== version) return null;
      for (const key of all) {
        const plain = openWith(key, sealed);
        if (plain !== null) return plain;
      }
      return null;
    },
  };
}

function openWith(key: KeyObject, sealed: Uint8Array): string | null {
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]).toString('utf8');
  } catch {
    // The tag does not fit: another key, or changed bytes.
    return null;
  }
}
