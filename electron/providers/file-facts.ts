/** What is said to a service about a file. */
import type { OutgoingFile } from '#ports/provider.ts';

/** What stores read as "look at the bytes". */
export const unknownType = 'application/octet-stream';

export function declaredType(file: OutgoingFile): string {
  return file.mimeType.trim() === '' ? unknownType : file.mimeType;
}

/** NFC and valid Unicode, whatever the disk holds. */
export function sentName(name: string): string {
  return name.normalize('NFC').toWellFormed();
}

/** At most `longest` characters (code points); the extension stays, where it is one. */
export function cutName(name: string, longest: number): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const extension = [...(/\.[^.\s]{1,20}$/u.exec(name)?.[0] ?? '')];
  return [...letters.slice(0, longest - extension.length), ...extension].join('');
}

/** Whether a list of MIME types, with `image/*` for all of a kind, has this one; parameters do not count. */
export function hasType(types: readonly string[], type: string): boolean {
  const bare = bareType(type);
  return types.map(bareType).some((known) => {
    if (known === bare || known === '*/*' || known === '*') return true;
    return known.endsWith('/*') && bare.startsWith(known.slice(0, -1));
  });
}

function bareType(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase();
}
