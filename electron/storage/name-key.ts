/** How names are sorted and searched: one form for all cases and for both ways to write an accent. */

export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** More would not make a search sharper: every hit is checked against the whole text anyway. */
const maxTrigrams = 16;

/**
 * The search text for the trigram index: all its three-letter pieces must be there (the index keeps no positions, so
 * every hit is checked afterwards). Null for a text too short to have one.
 */
export function trigramQuery(key: string): string | null {
  const letters = [...key];
  if (letters.length < 3) return null;
  const pieces = new Set<string>();
  for (let start = 0; start + 3 <= letters.length && pieces.size < maxTrigrams; start += 1) {
    pieces.add(
      `"${letters
        .slice(start, start + 3)
        .join('')
        .replaceAll('"', '""')}"`,
    );
  }
  return [...pieces].join(' AND ');
}
