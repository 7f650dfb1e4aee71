/** Decodes one picture after the other. Whatever goes wrong with one, the answer is that there is none. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { limits } from './limits.ts';
import type { Decoded, DecodeOrder, ThumbnailSize } from './messages.ts';
import { headBytes, pictureKind } from './picture-kind.ts';

type Sharp = typeof import('sharp').default;

/** Loads the library at the first picture; null where it is not installed or not for this machine. */
let library: Promise<Sharp | null> | null = null;
const loadLibrary = () => {
  library ??= import('sharp').then(
    ({ default: sharp }) => {
      // The library sniffs too, and would take SVG and more: only these of its loaders are left.
      sharp.block({ operation: ['VipsForeignLoad'] });
      sharp.unblock({
        operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Tiff', 'Heif'].map((kind) => `VipsForeignLoad${kind}`),
      });
      sharp.cache(false);
      sharp.concurrency(1);
      return sharp;
    },
    () => null,
  );
  return library;
};

async function decode({ path, size }: DecodeOrder): Promise<Decoded> {
  const sharp = await loadLibrary();
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
  const webp = await shrink(sharp, bytes, size);
  return { webp: new Uint8Array(webp), version: { sizeBytes: stats.size, mtimeMs: stats.mtimeMs } };
}

async function readHead(file: FileHandle): Promise<Uint8Array> {
  const head = new Uint8Array(headBytes);
  await file.read(head, 0, headBytes, 0);
  return head;
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
