/** What Pupload's worker thinks an uploaded object is. */

const magics: readonly (readonly [type: string, hex: string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['application/pdf', '255044462d'],
  ['application/zip', '504b0304'],
];

/** The first bytes decide, as with Go's http.DetectContentType (a few of its signatures). */
export function sniff(head: Buffer): string {
  const hex = head.toString('hex');
  const known = magics.find(([, magic]) => hex.startsWith(magic));
  if (known !== undefined) return known[0];
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP')
    return 'image/webp';
  const isText =
    head.length > 0 && head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
  return isText ? 'text/plain' : 'application/octet-stream';
}

const unsaid = ['', 'application/octet-stream', 'binary/octet-stream'];

/** Dialects B and C believe the stored header unless it says nothing; A only ever looks at the bytes. */
export function effectiveType(
  declared: string | null,
  readHead: () => Buffer,
  believesHeader: boolean,
): string {
  const header = (declared ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return believesHeader && !unsaid.includes(header) ? header : sniff(readHead());
}

/** No list means that everything is allowed; `image/*` allows a family. */
export function isTypeAllowed(type: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  return allowed.some(
    (want) => want === type || want === '*/*' || (want.endsWith('/*') && type.startsWith(want.slice(0, -1))),
  );
}
