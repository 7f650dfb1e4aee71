/** What a file is, by its first bytes: its name may say anything. Pure. */

/** What is decoded. SVG, PDF and video are not among them: a type icon serves those better, and safer. */
export type PictureKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'heif';

/** As many bytes as `pictureKind` looks at. */
export const headBytes = 32;

const marks: readonly (readonly [PictureKind, number, readonly number[]])[] = [
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['tiff', 0, [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', 0, [0x4d, 0x4d, 0x00, 0x2a]],
  // Brands of the box `ftyp`: AVIF pictures. Movies have other brands.
  ['heif', 4, [...Buffer.from('ftypavif')]],
  ['heif', 4, [...Buffer.from('ftypavis')]],
  ['heif', 4, [...Buffer.from('ftypmif1')]],
];

export function pictureKind(head: Uint8Array): PictureKind | null {
  const found = marks.find(([, at, bytes]) => bytes.every((byte, index) => head[at + index] === byte));
  return found?.[0] ?? null;
}
