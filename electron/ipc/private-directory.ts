import { lstat, mkdir } from 'node:fs/promises';

/** Makes a directory that only this user may enter; where it is there already, proves that it is one. */
export async function makePrivateDirectory(directory: string, uid: number | null): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await checkPrivateDirectory(directory, uid);
}

/**
 * In a directory that all may write to, such as /tmp, somebody else could have been first. Rejects instead of listening
 * where others look in, or of telling a key to whoever listens there.
 */
export async function checkPrivateDirectory(directory: string, uid: number | null): Promise<void> {
  if (uid === null) return;
  const stats = await lstat(directory);
  if (!stats.isDirectory()) throw new Error(`${directory} is not a directory.`);
  if (stats.uid !== uid) throw new Error(`${directory} belongs to somebody else.`);
  if ((stats.mode & 0o077) !== 0)
    throw new Error(`${directory} is open to others; make it private (chmod 700).`);
}
