/** What a key may look like, and how much of it may be shown. */
import { UploadError } from '#ports/upload-error.ts';

/** Trims what pasting adds; throws `invalid` for a key that no header can carry. The key is never in the message. */
export function checkKey(text: string): string {
  const key = text.trim();
  if (key === '') throw new UploadError('invalid', 'key: is empty.');
  // RFC 9110 section 5.5: visible ASCII, spaces, tabs and obs-text (0x80-0xFF). A tab inside a key is a pasting accident.
  if (!/^[\x20-\x7e\xa0-\xff]+$/.test(key)) {
    throw new UploadError('invalid', 'key: has characters that cannot be sent (line breaks, or not Latin).');
  }
  return key;
}

/** The last four characters, so that a person can tell two keys apart; null for a key too short to show any. */
export const endingOf = (key: string): string | null => (key.length < 16 ? null : key.slice(-4));
