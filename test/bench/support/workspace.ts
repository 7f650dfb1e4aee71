/** A folder for what a measurement needs; it goes with everything in it. */

import { randomFillSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Removed when the process exits, however it does so by itself. */
export async function makeWorkspace(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hoist-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** Random bytes, all of them in the system's cache: a disk is not what is measured. */
export async function writeRandom(path: string, sizeBytes: number): Promise<void> {
  await using file = await open(path, 'w');
  const piece = Buffer.allocUnsafe(Math.min(16 * 1024 * 1024, Math.max(sizeBytes, 1)));
  for (let left = sizeBytes; left > 0; left -= piece.length) {
    randomFillSync(piece);
    await file.write(piece, 0, Math.min(piece.length, left));
  }
}

/** A file without content that takes no room. */
export async function writeSparse(path: string, sizeBytes: number): Promise<void> {
  await using file = await open(path, 'w');
  await file.truncate(sizeBytes);
}

/** Files of random bytes, a thousand to a folder; answers their paths. `sizeOf`: bytes of the file with this number. */
export async function writeMany(
  directory: string,
  count: number,
  sizeOf: (index: number) => number,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let first = 0; first < count; first += 1000) {
    const folder = join(directory, `folder-${first / 1000}`);
    await mkdir(folder, { recursive: true });
    const batch = Array.from({ length: Math.min(1000, count - first) }, (_, index) => first + index);
    for (let from = 0; from < batch.length; from += 64) {
      await Promise.all(
        batch.slice(from, from + 64).map(async (index) => {
          const bytes = Buffer.allocUnsafe(sizeOf(index));
          await writeFile(join(folder, `IMG_${index}.jpg`), randomFillSync(bytes));
        }),
      );
    }
    paths.push(...batch.map((index) => join(folder, `IMG_${index}.jpg`)));
  }
  return paths;
}
