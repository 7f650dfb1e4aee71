import { isAbsolute, join, relative, sep } from 'node:path';

/** What decides whether a folder may be watched. All paths are real and absolute. */
export interface RefusalQuestion {
  readonly path: string;
  readonly homeDir: string;
  readonly dataDir: string;
  readonly watched: readonly string[];
}

/** Folders whose names say that they hold keys, wherever they are. */
const secretNames = new Set(['.ssh', '.gnupg', '.aws', '.kube', '.password-store', 'Keychains', 'keyrings']);
const systemFolders = ['/proc', '/sys', '/dev'];
/** Below the home folder: cookies and stored passwords. */
const profileFolders = [
  '.mozilla',
  '.thunderbird',
  '.config/google-chrome',
  '.config/chromium',
  '.config/BraveSoftware',
  '.config/microsoft-edge',
  '.config/vivaldi',
  '.config/opera',
  'snap/firefox',
  'snap/chromium',
  'Library/Safari',
  'Library/Application Support/Firefox',
  'Library/Application Support/Google/Chrome',
  'Library/Application Support/Chromium',
  'Library/Application Support/BraveSoftware',
  'Library/Application Support/Microsoft Edge',
  'AppData/Local/Google/Chrome',
  'AppData/Local/Chromium',
  'AppData/Local/BraveSoftware',
  'AppData/Local/Microsoft/Edge',
  'AppData/Roaming/Mozilla',
  'AppData/Roaming/Opera Software',
];

/** Why this folder must not be watched, in a sentence; null if it may be. */
export function refusalOf({ path, homeDir, dataDir, watched }: RefusalQuestion): string | null {
  if (relative(path, join(path, '..')) === '') return 'It is the root of the whole file system.';
  if (isSameOrBelow(homeDir, path)) {
    return path === homeDir ? 'It is your whole home folder.' : 'It contains your home folder.';
  }
  if (isSameOrBelow(dataDir, path)) return 'It contains the data of Hoist itself.';
  if (isSameOrBelow(path, dataDir)) return 'It belongs to the data of Hoist itself.';
  if (path.split(sep).some((name) => secretNames.has(name))) return 'It holds private keys.';
  if (systemFolders.some((folder) => isSameOrBelow(path, folder))) return 'It belongs to the system.';
  if (profileFolders.some((folder) => overlaps(path, join(homeDir, folder)))) {
    return 'It holds the profile of a browser or mail program, with its passwords.';
  }
  for (const other of watched) {
    if (path === other) return 'It is watched already.';
    if (isSameOrBelow(path, other)) return `It is inside ${other}, which is watched already.`;
    if (isSameOrBelow(other, path)) return `It contains ${other}, which is watched already.`;
  }
  return null;
}

/** Whether `path` is `folder` or below it. */
export function isSameOrBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function overlaps(a: string, b: string): boolean {
  return isSameOrBelow(a, b) || isSameOrBelow(b, a);
}
