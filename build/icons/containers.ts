/** The two files that hold one icon in many sizes. Both hold whole PNGs, so all there is to write is where they lie. */

export interface Picture {
  /** In pixels; square. */
  readonly size: number;
  readonly png: Uint8Array;
}

/**
 * Windows' .ico: a header of 6 bytes, an entry of 16 per picture, then the pictures. PNG inside is read since Windows
 * Vista. https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
export function icoFile(pictures: readonly Picture[]): Uint8Array {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // A byte each for width and height: 256 is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/**
 * Those that hold a PNG, by points and scale: ic11 is 16 at 2x, ic12 32 at 2x, ic07 128, ic13 128 at 2x, ic08 256, ic14
 * 256 at 2x, ic09 512, ic10 512 at 2x. 16 and 32 at 1x have no type that every macOS reads as PNG in an app; it scales
 * ic11 and ic12 there. https://en.wikipedia.org/wiki/Apple_Icon_Image_format
 */
export type AppleIconType = 'ic07' | 'ic08' | 'ic09' | 'ic10' | 'ic11' | 'ic12' | 'ic13' | 'ic14';

/** macOS's .icns: `icns` and its whole length, then for each picture its type, its length with these 8 bytes, and it. */
export function icnsFile(
  pictures: readonly { readonly type: AppleIconType; readonly png: Uint8Array }[],
): Uint8Array {
  const parts = pictures.map(({ type, png }) => block(type, png));
  return block('icns', Buffer.concat(parts));
}

function block(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
