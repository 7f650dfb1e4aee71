import type { FileVersion } from './transfer.ts';

/** Of a system that has no inodes, and of files that are told by name, size and date alone. */
export const noInode = '0:0';

/** Where there is no inode, files are not told apart by it. */
export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  const isSameInode = a.inode === b.inode || a.inode === noInode || b.inode === noInode;
  return a.sizeBytes === b.sizeBytes && a.mtimeNs === b.mtimeNs && isSameInode;
}
