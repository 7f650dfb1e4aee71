/** Further keys of one reservation, the same again after a crash. */
import { createHash } from 'node:crypto';

/** A name-based UUID (RFC 9562, version 5) with `key` as its namespace; any text may stand for the key. */
export function deriveKey(key: string, label: string): string {
  const hex = key.replaceAll('-', '');
  const namespace = /^[0-9a-f]{32}$/i.test(hex) ? Buffer.from(hex, 'hex') : Buffer.from(key, 'utf8');
  const hash = createHash('sha1').update(namespace).update(label).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const text = hash.toString('hex', 0, 16);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20, 32),
  ].join('-');
}
