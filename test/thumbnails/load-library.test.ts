/** In Electron the native library must never come into the process: there it would end it. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createDecoder } from '../../electron/thumbnails/decoder.ts';
import type { WorkerOptions } from '../../electron/thumbnails/messages.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary.ts';

/** A thread that a native module ends, as it ends Electron's process on Linux. */
const startFragile = (canLoadNative: boolean) =>
  new Worker(new URL('../../electron/thumbnails/thumbnail-worker.ts', import.meta.url), {
    workerData: { canLoadNative } satisfies WorkerOptions,
    execArgv: ['--import', 'data:text/javascript,process.dlopen = () => process.exit(9)'],
  });

test.each([
  [false, 'WebAssembly makes the picture'],
  [true, 'the native library is tried first'],
])('where it may load native code: %s, %s', async (canLoadNative) => {
  const path = join(await temporaryDirectory(), 'red.png');
  await sharp({ create: { width: 90, height: 60, channels: 3, background: '#f00' } })
    .png()
    .toFile(path);
  const decoder = createDecoder(createManualClock(), () => startFragile(canLoadNative));
  const decoded = await decoder.decode({ path, size: 64 }, new AbortController().signal);
  await decoder.close();
  if (canLoadNative) expect(decoded).toBeNull();
  else expect(await sharp(decoded?.webp).metadata()).toMatchObject({ format: 'webp', width: 64, height: 43 });
});
