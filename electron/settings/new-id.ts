import { randomBytes } from 'node:crypto';

// Crockford's base 32, lower case: no i, l, o, u to mistake when an id is read aloud.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 10;

/** A short random id (50 bits) that is not among those taken. */
export function newId(taken: readonly { readonly id: string }[]): string {
  for (;;) {
    const id = [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
    if (!taken.some((entry) => entry.id === id)) return id;
  }
}
