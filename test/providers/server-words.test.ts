import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeWords } from '../../electron/providers/server-words.ts';

describe('safeWords', () => {
  it.each([
    [
      'PUT https://s3.example/b/k?X-Amz-Signature=abc&X-Amz-Date=1 failed',
      'PUT https://s3.example/b/k?… failed',
    ],
    ['see /b/k?token=abc', 'see /b/k?…'],
    ['X-Amz-Signature=abc123', 'X-Amz-Signature=…'],
    ['X-Amz-Credential: "AKIA/2026"', 'X-Amz-Credential: "…"'],
    ['{"SecretKey":"minioadmin","AccessKey":"root"}', '{"SecretKey":"…","AccessKey":"…"}'],
    ['signature=abc, expire=5', 'signature=…, expire=5'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer …'],
    ['key sk_live_abcdefgh12345 refused', 'key … refused'],
    ['key rf_live_abcdefgh12345 refused', 'key … refused'],
    ['key sk-abcdefgh12345 refused', 'key … refused'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.e30.abc refused', 'jwt … refused'],
    ['http://maya:secret@minio:9000/b', 'http://minio:9000/b'],
    ['Invalid token: expired', 'Invalid token: expired'],
    ['Is it there? Yes.', 'Is it there? Yes.'],
    ['two\r\nlines\tand\u0000more', 'two lines and more'],
    ['', ''],
  ])('%s', (words, expected) => {
    expect(safeWords(words)).toBe(expected);
  });

  it('never lets a signature through, wherever it stands in a text', () => {
    const noise = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const safe = safeWords(`${before} https://s3.example/k?X-Amz-Signature=5ec4e7 ${after}`);
        expect(safe).not.toContain('5ec4e7');
      }),
    );
  });

  it('cuts to 500 characters, and takes no time for a text made to cost much', () => {
    expect(safeWords('x'.repeat(100_000))).toHaveLength(500);
    for (const part of ['/', '?', 'a-', 'a://', 'token', '"'])
      expect(safeWords(part.repeat(50_000)).length).toBeLessThanOrEqual(500);
  });
});
