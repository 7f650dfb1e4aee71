/** Longest side in pixels. */
export type ThumbnailSize = 64 | 512;

/** What a cached picture was made from. */
export interface PictureVersion {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export interface WorkerOptions {
  readonly canLoadNative: boolean;
}

export interface DecodeOrder {
  readonly path: string;
  readonly size: ThumbnailSize;
}

/** WebP and what it was made from; null where there is no picture. */
export type Decoded = { readonly webp: Uint8Array; readonly version: PictureVersion } | null;
