import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createFileHash } from './file-hash.ts';

const file = Buffer.from('line\r\n--not the end\r\nlast line\r\n');
const expected = createHash('sha256').update(file).digest('hex');
const form = (close: string) =>
  Buffer.concat([
    Buffer.from('--b1\r\nContent-Disposition: form-data; name="key"\r\n\r\nvalue\r\n'),
    Buffer.from('--b1\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'),
    file,
    Buffer.from(close),
  ]);

/** Hashes it in pieces of so many bytes. */
function hashOf(type: string | undefined, body: Buffer, piece: number): string {
  const hash = createFileHash(type);
  for (let from = 0; from < body.length; from += piece) hash.update(body.subarray(from, from + piece));
  return hash.digest();
}

describe('the hash of a file in a body', () => {
  it.each([1, 7, 1000])('is of all of it, in pieces of %i', (piece) => {
    expect(hashOf(undefined, file, piece)).toBe(expected);
  });

  it.each([1, 7, 1000])('is of the file in a form alone, in pieces of %i', (piece) => {
    const type = 'multipart/form-data; boundary=b1';
    expect(hashOf(type, form('\r\n--b1--\r\n'), piece)).toBe(expected);
    expect(hashOf(type, form('\r\n--b1--'), piece)).toBe(expected);
  });
});
