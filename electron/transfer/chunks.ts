/** Buffers that file bytes pass through, used again and again so that memory does not grow with the files. */

/** Between 256 and 512 KiB is the balance between throughput and how long one piece holds the event loop. */
export const chunkBytes = 512 * 1024;
/** On a slow line a smaller piece keeps progress, and the watch over stalls, alive. */
export const smallestChunkBytes = 16 * 1024;

const spareLimit = 16;
const spares: Buffer[] = [];

export function takeChunk(): Buffer {
  return spares.pop() ?? Buffer.allocUnsafeSlow(chunkBytes);
}

/** Only for buffers that nobody reads or fills any more. */
export function giveBackChunk(chunk: Buffer): void {
  if (spares.length < spareLimit) spares.push(chunk);
}

/** The next piece's size, from how long the last one took to leave: about a quarter of a second each. */
export function nextChunkBytes(lastBytes: number, tookMs: number): number {
  const wanted = tookMs <= 125 ? lastBytes * 2 : (lastBytes * 250) / tookMs;
  return Math.round(Math.min(Math.max(wanted, smallestChunkBytes), chunkBytes));
}
