/** What a picture may cost. Beyond, there is none. */
export const limits = {
  fileBytes: 100 * 1024 * 1024,
  /** 120 megapixels: more than any usual camera has. A bomb of a few kilobytes claims billions. */
  pixels: 120_000_000,
  /** The decoder's own end; it stops the work itself. */
  decodeSeconds: 10,
  /** For all of one picture, reading included: a worker that takes longer is given up. */
  pictureMs: 15_000,
  /** A worker that has nothing to do for so long ends, and gives its memory back. */
  idleMs: 30_000,
  workers: 2,
  cacheBytes: 200 * 1024 * 1024,
} as const;
