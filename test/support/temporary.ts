import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** When something is closed: at the end of the test, unless a suite keeps it for all its tests. */
export type AtEnd = (close: () => Promise<void> | void) => void;

/** For what a suite keeps: `add` is an AtEnd, `run` closes everything, the newest first. */
export function closeAll(): { readonly add: AtEnd; run(): Promise<void> } {
  const closers: (() => Promise<void> | void)[] = [];
  return {
    add: (close) => void closers.push(close),
    async run() {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

/** A directory that goes when the test ends. */
export async function temporaryDirectory(atEnd: AtEnd = onTestFinished): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hoist-test-'));
  atEnd(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A file of random bytes; answers its path and hash. */
export async function randomFile(directory: string, name: string, sizeBytes: number) {
  const bytes = randomBytes(sizeBytes);
  const path = join(directory, name);
  await writeFile(path, bytes);
  return { path, name, bytes, sha256: sha256(bytes) };
}
