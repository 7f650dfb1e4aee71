/** Made pictures on disk, the least used of which go first. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureVersion, ThumbnailSize } from './messages.ts';

export interface PictureCache {
  /** `version` null: whatever was made of this path last, because the file itself is gone. */
  read(path: string, size: ThumbnailSize, version: PictureVersion | null): Promise<Uint8Array | null>;
  /** Takes the place of what another version of the file had left. A disk that is full is no error. */
  write(path: string, size: ThumbnailSize, version: PictureVersion, webp: Uint8Array): Promise<void>;
}

interface Entry {
  readonly name: string;
  readonly bytes: number;
  usedAt: number;
}

const fileName = /^([0-9a-f]{40})-(\d+-\d+)\.webp$/;
/** After a clean-up there is room for a while. */
const keptShare = 0.9;

export function createPictureCache(directory: string, maxBytes: number, now: () => number): PictureCache {
  let loading: Promise<Map<string, Entry>> | null = null;
  let total = 0;
  let writes = 0;
  const load = () => {
    loading ??= readIndex(directory).then((entries) => {
      for (const { bytes } of entries.values()) total += bytes;
      return entries;
    });
    return loading;
  };

  async function drop(entries: Map<string, Entry>, key: string): Promise<void> {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    total -= entry.bytes;
    await rm(join(directory, entry.name), { force: true });
  }

  async function makeRoom(entries: Map<string, Entry>): Promise<void> {
    if (total <= maxBytes) return;
    const oldestFirst = [...entries].sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key] of oldestFirst) {
      if (total <= maxBytes * keptShare) return;
      await drop(entries, key);
    }
  }

  return {
    async read(path, size, version) {
      const entries = await load();
      const entry = entries.get(keyOf(path, size));
      if (entry === undefined || (version !== null && entry.name !== nameOf(path, size, version)))
        return null;
      const file = join(directory, entry.name);
      try {
        const webp = await readFile(file);
        entry.usedAt = now();
        // Remembered for the next process; not worth a failure.
        await utimes(file, new Date(now()), new Date(now())).catch(() => {});
        return webp;
      } catch {
        // Another process has tidied up.
        await drop(entries, keyOf(path, size)).catch(() => {});
        return null;
      }
    },
    async write(path, size, version, webp) {
      const entries = await load();
      const [key, name] = [keyOf(path, size), nameOf(path, size, version)];
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        // Two windows may make the same picture at once: each writes a file of its own.
        const temporary = join(directory, `${name}.${process.pid}-${++writes}.tmp`);
        await writeFile(temporary, webp, { mode: 0o600 });
        await rename(temporary, join(directory, name));
      } catch {
        return;
      }
      const before = entries.get(key);
      if (before?.name === name) total -= before.bytes;
      else await drop(entries, key).catch(() => {});
      entries.set(key, { name, bytes: webp.length, usedAt: now() });
      total += webp.length;
      await makeRoom(entries).catch(() => {});
    },
  };
}

const keyOf = (path: string, size: ThumbnailSize): string =>
  createHash('sha256').update(`${size}\0${path}`).digest('hex').slice(0, 40);

const nameOf = (path: string, size: ThumbnailSize, { sizeBytes, mtimeMs }: PictureVersion): string =>
  `${keyOf(path, size)}-${sizeBytes}-${Math.max(0, Math.round(mtimeMs))}.webp`;

/** By key; of several versions the one that was used last. What a killed process was writing goes. */
async function readIndex(directory: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (const name of await readdir(directory).catch(() => [])) {
    const key = fileName.exec(name)?.[1];
    const path = join(directory, name);
    const stats = await stat(path).catch(() => null);
    if (stats === null) continue;
    const other = key === undefined ? undefined : entries.get(key);
    if (key === undefined || (other !== undefined && other.usedAt >= stats.mtimeMs)) {
      if (key !== undefined || name.endsWith('.tmp')) await rm(path, { force: true }).catch(() => {});
      continue;
    }
    if (other !== undefined) await rm(join(directory, other.name), { force: true }).catch(() => {});
    entries.set(key, { name, bytes: stats.size, usedAt: stats.mtimeMs });
  }
  return entries;
}
