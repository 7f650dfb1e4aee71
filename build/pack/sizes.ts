/** What the packed app weighs, part by part. */
import { brotliCompressSync, constants } from 'node:zlib';

export interface PackedFile {
  /** In the archive, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface PartSize {
  readonly part: string;
  readonly files: number;
  readonly bytes: number;
  /** About what it adds to an installer: compressed by itself. The installers' own compression takes a tenth less. */
  readonly compressedBytes: number;
}

/** The first that fits names the part. */
const parts: readonly (readonly [string, RegExp])[] = [
  ['picture library', /^node_modules\//],
  ['screens: code and styles', /^dist\/renderer\/.*\.(js|css|html)$/],
  ['screens: fonts', /^dist\/renderer\/.*\.woff2$/],
  ['screens: the rest', /^dist\/renderer\//],
  ['icons', /^dist\/icons\//],
  ['main process and engine', /^dist\/(?!.*-worker\.js$)[^/]*\.c?js$/],
  ['workers', /^dist\/[^/]*-worker\.js$/],
  ['manifest and licences', /./],
];

export function partSizes(files: readonly PackedFile[]): readonly PartSize[] {
  const grouped = Map.groupBy(files, ({ path }) => parts.find(([, fits]) => fits.test(path))?.[0] ?? '');
  return [...grouped]
    .map(([part, found]) => ({
      part,
      files: found.length,
      bytes: found.reduce((sum, { bytes }) => sum + bytes.length, 0),
      compressedBytes: compressed(Buffer.concat(found.map(({ bytes }) => bytes))),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

export function sizeTable(sizes: readonly PartSize[]): string {
  const sum = (of: (size: PartSize) => number) => sizes.reduce((total, size) => total + of(size), 0);
  const total: PartSize = {
    part: 'all of it',
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    compressedBytes: sum(({ compressedBytes }) => compressedBytes),
  };
  const row = (part: string, ...cells: readonly string[]) =>
    part.padEnd(26) + cells.map((cell) => cell.padStart(12)).join('');
  return [
    row('part', 'files', 'kB', 'compressed'),
    ...[...sizes, total].map(({ part, files, bytes, compressedBytes }) =>
      row(part, String(files), (bytes / 1000).toFixed(0), (compressedBytes / 1000).toFixed(0)),
    ),
  ].join('\n');
}

const compressed = (bytes: Uint8Array): number =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 6,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
