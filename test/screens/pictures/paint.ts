/** Pictures to upload: a colored plane with grain, which no format can make small. */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

export interface Painting {
  readonly name: string;
  /** The two colors that it goes from and to. */
  readonly colors: readonly [string, string];
  readonly width: number;
  readonly height: number;
}

/** The bytes of a picture in the format of its name. */
export async function paint({ name, colors, width, height }: Painting): Promise<Uint8Array> {
  const grain = { raw: { width, height, channels: 4 as const } };
  const noise = randomBytes(width * height * 4);
  for (let index = 3; index < noise.length; index += 4) noise[index] = 26;
  const plane = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="${colors[0]}"/><stop offset="1" stop-color="${colors[1]}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="62%" cy="46%" r="24%" fill="#fff" opacity=".18"/></svg>`,
  );
  const picture = sharp(plane).composite([{ input: noise, ...grain, blend: 'over' }]);
  const format = name.endsWith('.webp') ? 'webp' : name.endsWith('.png') ? 'png' : 'jpeg';
  // As large as it can be: what is on its way is on its way for long.
  return format === 'png'
    ? picture.png({ compressionLevel: 0 }).toBuffer()
    : picture.toFormat(format, { quality: 96 }).toBuffer();
}
