import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero among them. */
const longestPathBytes = 100;

export interface SocketPlace {
  readonly platform: NodeJS.Platform;
  /** os.tmpdir(). */
  readonly tmpDir: string;
  /** Null where users have no number (Windows). */
  readonly uid: number | null;
}

/**
 * Where the engine of a data directory listens: beside its database; where that path is too long for a unix socket, in
 * a private directory under the temporary one; on Windows a named pipe. The same directory always gives the same
 * answer, whatever name (a symlink) it was reached by.
 */
export function socketPath(dataDir: string, place: SocketPlace): string {
  const directory = realDirectory(dataDir);
  if (place.platform === 'win32') {
    return `\\\\.\\pipe\\hoist-${digest(directory.toLowerCase()).slice(0, 32)}`;
  }
  const beside = join(directory, 'engine.sock');
  if (Buffer.byteLength(beside) <= longestPathBytes) return beside;
  const short = (root: string) =>
    join(root, `hoist-${place.uid ?? 'user'}`, `${digest(directory).slice(0, 24)}.sock`);
  const inTmpDir = short(place.tmpDir);
  return Buffer.byteLength(inTmpDir) <= longestPathBytes ? inTmpDir : short('/tmp');
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

function realDirectory(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return resolve(directory);
  }
}
