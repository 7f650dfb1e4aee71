/** Where a file without a path goes in the inbox. Pure: the same file always has the same place. */
import { createHash } from 'node:crypto';

/** What a window knows of a file. It has no path; two files that agree in all of this are taken for one. */
export interface FileIdentity {
  readonly name: string;
  readonly sizeBytes: number;
  /** Epoch ms. */
  readonly lastModified: number;
  /** Inside the folder that was dropped, the file's own name last; null for a single file. */
  readonly relativePath: string | null;
}

/** Folders and file below the inbox; the first is the file's own folder, which holds nothing else. */
export function placeOf(identity: FileIdentity, platform: NodeJS.Platform, copy = 1): readonly string[] {
  const { name, sizeBytes, lastModified, relativePath } = identity;
  const key = createHash('sha256')
    .update(JSON.stringify([name, sizeBytes, lastModified, relativePath]))
    .digest('hex')
    .slice(0, 24);
  return [
    copy === 1 ? key : `${key}-${copy}`,
    ...foldersOf(relativePath, platform),
    safeName(name, platform),
  ];
}

/** Whole paths are limited on some systems, and a tree that deep is read by nobody. */
const longestFoldersBytes = 600;

function foldersOf(relativePath: string | null, platform: NodeJS.Platform): readonly string[] {
  const parts = (relativePath ?? '').split(/[\\/]/).slice(0, -1);
  const folders = parts
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map((part) => safeName(part, platform));
  return Buffer.byteLength(folders.join('/')) > longestFoldersBytes ? [] : folders;
}

/** Most file systems take 255 bytes, encrypted ones fewer. */
const longestNameBytes = 140;
const longestExtensionBytes = 20;
const windowsReserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/** A name that is one file in one folder on this platform, as close to the given one as can be. */
export function safeName(name: string, platform: NodeJS.Platform): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go.
  const plain = name.toWellFormed().replace(/[\u0000-\u001f\u007f/\\]/g, '_');
  const named = platform === 'win32' ? windowsName(plain) : plain;
  const cut = shorten(named);
  return /^\.*$/.test(cut) ? `_${cut.slice(1)}` : cut;
}

function windowsName(name: string): string {
  const plain = name.replace(/[<>:"|?*]/g, '_').replace(/[. ]+$/, '_');
  return windowsReserved.test(plain) ? `_${plain}` : plain;
}

/** Keeps the extension, by which services and people know the type. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= longestNameBytes) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  const kept = Buffer.byteLength(extension) <= longestExtensionBytes ? extension : '';
  let stem = '';
  let bytes = Buffer.byteLength(kept);
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > longestNameBytes) break;
    stem += character;
  }
  return `${stem}${kept}`;
}
