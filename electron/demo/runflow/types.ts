/** What the demo takes as Runflow would; the real list is not documented beyond "see GET /v1/assets/types". */
const typesByKind = {
  image: ['avif', 'bmp', 'gif', 'heic', 'heif', 'jpeg', 'png', 'svg+xml', 'tiff', 'webp'],
  video: ['mp4', 'mpeg', 'quicktime', 'webm', 'x-matroska'],
  audio: ['aac', 'flac', 'mp4', 'mpeg', 'ogg', 'wav', 'webm'],
  document: [],
} as const;

const documents = [
  'application/pdf',
  'application/json',
  'application/zip',
  'text/csv',
  'text/markdown',
  'text/plain',
];

export interface AssetType {
  readonly mime_type: string;
  readonly asset_type: string;
}

export const assetTypes: readonly AssetType[] = [
  ...Object.entries(typesByKind).flatMap(([kind, names]) =>
    names.map((name) => ({ mime_type: `${kind}/${name}`, asset_type: kind })),
  ),
  ...documents.map((mime_type) => ({ mime_type, asset_type: 'document' })),
];

export function assetTypeOf(mimeType: string): string {
  return assetTypes.find((type) => type.mime_type === mimeType)?.asset_type ?? 'file';
}
