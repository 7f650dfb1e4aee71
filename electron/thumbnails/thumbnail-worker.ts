/** Decodes one picture after the other. Whatever goes wrong with one, the answer is that there is none. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { limits } from './limits.ts';
import { loadLibrary, type Sharp } from './load-library.ts';
import type { Decoded, DecodeOrder, ThumbnailSize, WorkerOptions } from './messages.ts';
import { headBytes, pictureKind } from './picture-kind.ts';

const { canLoadNative } = workerData as WorkerOptions;

/** Before a picture that could not be read is tried again. */
const pausesMs = [50, 100];

/** At the first picture. */
let library: Promise<Sharp | null> | null = null;

async function decode({ path, size }: DecodeOrder): Promise<Decoded> {
  library ??= loadLibrary(canLoadNative);
  const sharp = await library;
  if (sharp === null) return null;
  // A symlink or a pipe in the place of the file is not followed, nor waited for.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  await using file = await open(path, flags);
  const stats = await file.stat();
  if (!stats.isFile() || stats.size === 0 || stats.size > limits.fileBytes) return null;
  if (pictureKind(await readHead(file)) === null) return null;
  const bytes = Buffer.alloc(stats.size);
  const { bytesRead } = await file.read(bytes, 0, stats.size, 0);
  if (bytesRead !== stats.size) return null;
  const webp = await shrinkSurely(sharp, bytes, size);
  return { webp: new Uint8Array(webp), version: { sizeBytes: stats.size, mtimeMs: stats.mtimeMs } };
}

async function readHead(file: FileHandle): Promise<Uint8Array> {
  const head = new Uint8Array(headBytes);
  await file.read(head, 0, headBytes, 0);
  return head;
}

/**
 * Which loaders the native library has is one setting for the whole process. While another thread of ours sets it, for a
 * moment there are none, and a picture that is looked at just then seems broken: tried again, it is not.
 */
async function shrinkSurely(sharp: Sharp, bytes: Buffer, size: ThumbnailSize): Promise<Buffer> {
  for (const pauseMs of pausesMs) {
    try {
      return await shrink(sharp, bytes, size);
    } catch {
      await wait(pauseMs);
    }
  }
  return await shrink(sharp, bytes, size);
}

/** Upright as the camera was held, never enlarged, without any of the original's metadata. */
const shrink = (sharp: Sharp, bytes: Buffer, size: ThumbnailSize): Promise<Buffer> =>
  sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'error' })
    .timeout({ seconds: limits.decodeSeconds })
    .autoOrient()
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();

parentPort?.on('message', (order: DecodeOrder) => {
  decode(order)
    .catch(() => null)
    .then((decoded) => parentPort?.postMessage(decoded));
});
