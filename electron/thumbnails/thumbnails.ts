import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#ports/clock.ts';
import { createDecoder } from './decoder.ts';
import { limits } from './limits.ts';
import type { PictureVersion, ThumbnailSize } from './messages.ts';
import { createPictureCache } from './picture-cache.ts';

export interface Thumbnails {
  /**
   * A WebP picture of a file, `size` pixels at its longest side; null where there is none, whatever the reason. A file
   * that is gone still has the picture that was made of it. Whoever calls says which paths may be opened.
   */
  get(path: string, size: ThumbnailSize, signal?: AbortSignal): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

export interface ThumbnailsOptions {
  /** Pictures are kept below it, in `thumbnails/`. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly cacheBytes?: number;
}

/** Versions that are known to give no picture, so that none is tried again and again. */
const remembered = 5000;
const never = new AbortController().signal;

export function createThumbnails({ dataDir, clock, cacheBytes }: ThumbnailsOptions): Thumbnails {
  const now = () => clock.now();
  const cache = createPictureCache(join(dataDir, 'thumbnails'), cacheBytes ?? limits.cacheBytes, now);
  const decoder = createDecoder(clock);
  const hopeless = new Map<string, true>();
  const running = new Map<string, Promise<Uint8Array | null>>();

  async function make(
    path: string,
    size: ThumbnailSize,
    key: string,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const decoded = await decoder.decode({ path, size }, signal);
    if (decoded !== null) {
      await cache.write(path, size, decoded.version, decoded.webp);
      return decoded.webp;
    }
    if (!signal.aborted) {
      const oldest = hopeless.keys().next().value;
      if (hopeless.size >= remembered && oldest !== undefined) hopeless.delete(oldest);
      hopeless.set(key, true);
    }
    return null;
  }

  return {
    async get(path, size, signal = never) {
      const version = await versionOf(path);
      const kept = await cache.read(path, size, version === 'gone' ? null : version);
      if (kept !== null || version === 'gone') return kept;
      const key = `${size} ${version.sizeBytes} ${version.mtimeMs} ${path}`;
      if (hopeless.has(key)) return null;
      for (let others = running.get(key); others !== undefined; others = running.get(key)) {
        const picture = await others;
        // Theirs may have been called off before its turn; ours was not.
        if (picture !== null || signal.aborted || hopeless.has(key)) return picture;
      }
      const made = make(path, size, key, signal);
      running.set(key, made);
      try {
        return await made;
      } finally {
        if (running.get(key) === made) running.delete(key);
      }
    },
    close: () => decoder.close(),
  };
}

async function versionOf(path: string): Promise<PictureVersion | 'gone'> {
  try {
    const { size, mtimeMs } = await lstat(path);
    return { sizeBytes: size, mtimeMs };
  } catch {
    return 'gone';
  }
}
