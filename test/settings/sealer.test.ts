import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSealer } from '../../electron/settings/sealer.ts';

const newKey = () => crypto.getRandomValues(new Uint8Array(32));
const anyText = fc.string({ unit: 'grapheme', maxLength: 2000 });

test('what was sealed opens again, with no trace of it in between', () => {
  const sealer = createSealer([newKey()]);
  fc.assert(
    fc.property(anyText, (text) => {
      const sealed = sealer.seal(text);
      expect(sealer.open(sealed)).toBe(text);
      if (text.length > 8) expect(Buffer.from(sealed).includes(text)).toBe(false);
    }),
  );
});

test('one text is never sealed the same way twice', () => {
  const sealer = createSealer([newKey()]);
  const seen = new Set(Array.from({ length: 1000 }, () => Buffer.from(sealer.seal('x')).toString('hex')));
  expect(seen.size).toBe(1000);
});

test('any changed bit, any cut and any added byte opens as null', () => {
  const sealer = createSealer([newKey()]);
  fc.assert(
    fc.property(anyText, fc.nat(), fc.nat(7), (text, at, bit) => {
      const sealed = sealer.seal(text);
      const changed = Uint8Array.from(sealed);
      const index = at % sealed.length;
      changed[index] = (changed[index] ?? 0) ^ (1 << bit);
      expect(sealer.open(changed)).toBeNull();
      expect(sealer.open(sealed.subarray(0, index))).toBeNull();
      expect(sealer.open(Uint8Array.of(...sealed, 0))).toBeNull();
    }),
  );
});

test('junk and what another key sealed open as null; further keys open, the first seals', () => {
  const [a, b] = [newKey(), newKey()];
  const byA = createSealer([a]).seal('x');
  expect(createSealer([b]).open(byA)).toBeNull();
  expect(createSealer([b, a]).open(byA)).toBe('x');
  expect(createSealer([b]).open(createSealer([b, a]).seal('y'))).toBe('y');
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (junk) => createSealer([a]).open(junk) === null));
});
