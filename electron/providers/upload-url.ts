/** An upload URL as an API hands it out. It is a secret: no message ever holds it. */
import { z } from 'zod';

/** Kept byte for byte: it is signed. Whether its scheme and host may be used is decided where bytes go. */
export const uploadUrlSchema = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'not an http address');

/** Null where no header can be made of it; a line break in a value would forge the next header. */
export function safeHeaders(
  headers: Readonly<Record<string, string | number | boolean>>,
): Record<string, string> | null {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const isSafe = entries.every(
    ([name, value]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
  );
  return isSafe ? Object.fromEntries(entries) : null;
}
