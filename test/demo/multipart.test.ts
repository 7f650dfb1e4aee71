import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, FormReader } from '../../electron/demo/store/multipart.ts';
import { formOf } from './support.ts';

function read(body: Buffer, contentType: string, cuts: readonly number[]) {
  const fields: [string, string][] = [];
  const bytes: Buffer[] = [];
  let fileName = '';
  const reader = new FormReader(boundaryOf(contentType) ?? '', {
    onField: (name, value) => void fields.push([name, value]),
    onFile: (part) => {
      fileName = part.fileName;
    },
    onBytes(chunk) {
      bytes.push(Buffer.from(chunk));
      return undefined;
    },
  });
  const ends = [...new Set(cuts.map((cut) => cut % body.length))].sort((a, b) => a - b);
  let from = 0;
  for (const end of [...ends, body.length]) {
    reader.feed(body.subarray(from, end));
    from = end;
  }
  return { fields, fileName, file: Buffer.concat(bytes), problem: reader.end() };
}

/** Bytes that look like the beginning of a delimiter, as often as real ones do not. */
const tricky = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom('\r\n', '\r', '--', '\r\n--x-hoist', '\r\n--x-hoist-test-boundar')
        .map((t) => Buffer.from(t)),
    ),
  )
  .map((pieces) => Buffer.concat(pieces))
  // By chance the next byte may finish the delimiter: then it is one.
  .filter((bytes) => !bytes.includes('\r\n--x-hoist-test-boundary'));

describe('a form that streams by', () => {
  it('reads the same however it is cut', () => {
    const field = fc.tuple(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.string({ maxLength: 30 }).filter((s) => !s.includes('\r')),
    );
    fc.assert(
      fc.property(
        fc.array(field, { maxLength: 5 }),
        tricky,
        fc.array(fc.nat(), { maxLength: 30 }),
        (fields, file, cuts) => {
          const { body, headers } = formOf(fields, file);
          const form = read(body, headers['content-type'], cuts);
          expect(form).toEqual({ fields, fileName: 'hero.png', file, problem: null });
        },
      ),
    );
  });

  it('says what is wrong', () => {
    const { body, headers } = formOf([['a', '1']], Buffer.from('x'));
    const type = headers['content-type'];
    expect(read(body.subarray(0, -10), type, []).problem).toBe('malformed');
    expect(read(Buffer.from('nonsense that is no form at all'), type, []).problem).toBe('malformed');
    expect(read(formOf([['a', '1']], Buffer.from('x'), true).body, type, []).problem).toBe('file-not-last');
    expect(read(formOf([['a', 'y'.repeat(100_000)]], Buffer.from('x')).body, type, [90_000]).problem).toBe(
      'too-large',
    );
    expect([
      boundaryOf('multipart/form-data; boundary="a b"'),
      boundaryOf('text/plain'),
      boundaryOf(undefined),
    ]).toEqual(['a b', null, null]);
  });
});
